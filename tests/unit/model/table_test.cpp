#include "model/table.hpp"

#include <gtest/gtest.h>

namespace epitome::model {
namespace {

Cell cell(const char* text, int across = 1, int down = 1) {
  Cell made;
  if (*text != '\0') made.content.emplace_back(Text{text, {}});
  made.column_span = across;
  made.row_span = down;
  return made;
}

std::string name(const Cell* head) { return head == nullptr ? "-" : plain_text(head->content); }

// | A | B       | C |     a head over two columns, and a second row that names one of them better
// |   |    | b2 |   |
// | 1 | 2  | 3  | 4 |     4 reaches down
// | 5 | 6       |   |
// | 7           | 8 |
Table sample_table() {
  Table table;
  table.head = {{{}, {cell("A"), cell("B", 2), cell("C")}}, {{}, {cell(""), cell(""), cell("b2"), cell("")}}};
  table.body = {{{}, {cell("1"), cell("2"), cell("3"), cell("4", 1, 2)}},
                {{}, {cell("5"), cell("6", 2)}},
                {{}, {cell("7", 3), cell("8")}}};
  return table;
}

TEST(Table, CountsColumnsWithSpans) {
  EXPECT_EQ(column_count(sample_table()), 4);
  EXPECT_EQ(column_count(Table{}), 0);
}

TEST(Table, NamesEachCellByTheHeadOverItsFirstColumn) {
  const Table table = sample_table();
  const std::vector<std::vector<const Cell*>> heads = naming_heads(table);
  ASSERT_EQ(heads.size(), 3u);
  std::string all;
  for (const std::vector<const Cell*>& row : heads) {
    for (const Cell* head : row) all += name(head) + " ";
    all += "/ ";
  }
  EXPECT_EQ(all, "A B b2 C / A B / A C / ");
}

TEST(Table, ACellBesideOneThatReachesDownKeepsItsColumn) {
  Table table;
  table.head = {{{}, {cell("A"), cell("B")}}};
  table.body = {{{}, {cell("1", 1, 2), cell("2")}}, {{}, {cell("3")}}};
  const std::vector<std::vector<const Cell*>> heads = naming_heads(table);
  ASSERT_EQ(heads[1].size(), 1u);
  EXPECT_EQ(name(heads[1][0]), "B");
}

TEST(Table, CellsStandBesideThoseThatReachDown) {
  TableColumns columns;
  columns.begin_row();
  EXPECT_EQ(columns.add(1, 1), 0u);
  EXPECT_EQ(columns.add(1, 3), 1u);
  columns.begin_row();
  EXPECT_EQ(columns.covered(), 1u);
  EXPECT_EQ(columns.add(1, 1), 0u);
  EXPECT_EQ(columns.add(2, 1), 2u);
  EXPECT_FALSE(columns.overlaps());
  EXPECT_EQ(columns.covered(), 4u);
  columns.begin_row();
  EXPECT_EQ(columns.add(2, 1), 0u);
  EXPECT_TRUE(columns.overlaps());
}

TEST(Table, ACellThatReachesBelowTheLastRowIsKnownByItsNumber) {
  TableColumns columns;
  columns.begin_row();
  columns.add(1, 1);
  columns.add(1, 2);
  EXPECT_EQ(columns.reaches()[0].rows, 0);
  EXPECT_EQ(columns.reaches()[1].rows, 1);
  EXPECT_EQ(columns.reaches()[1].cell, 1u);
}

}  // namespace
}  // namespace epitome::model
