// Cards on sheets, to be cut out: the face and the back of each are a page.
#pragma once

#include "page/pages.hpp"

namespace epitome::impose {

using model::Length;

struct CardSheets {
  Length width, height;  // of the paper
  // False: a card's back stands beside its face, and the sheet is folded between them before it is cut: nothing need
  // meet. True: backs are printed on the sheet's other side, mirrored so that they meet their faces.
  bool duplex = false;
  Length back_right, back_down;  // by which a printer's backs are moved to meet, as seen on them
  bool registration = false;     // a last sheet to see by how much: scales on the front, a cross on the back
};

// `faces`: pages 2n and 2n + 1 are the two sides of card n, all equally wide; a row of cards is as high as its highest.
// As many cards are put on a sheet as it holds, eight at most; neighbours share a cut. The sheets have no tags, ask for
// the way to print on both sides that they need, and not to be scaled.
page::Pages card_sheets(page::Pages faces, const CardSheets& options);

}  // namespace epitome::impose
