// Layout files to Layout.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "style/layout.hpp"

namespace epitome::style {

// Reads the layout that `folder_or_name` names: "book" is <data_folder>/layouts/book; what holds a "/" or
// names a folder that exists is a folder of the user's own. The folder's layout.xml may build on another
// file (its `base`), whose values it overrides; see layouts/README.md for the format. Lengths come out
// exact: multiples of u are multiplied out in integers. Nothing has a default in the program: a value
// that no file gives is reported, as is one that nothing asks for. Reports E0501 (message with the file,
// line and column, hint) and returns nothing if there is any fault.
// `lines` says what the script of the document's language needs. Sizes of type are multiplied by its size. Where the
// layout's leading of running text is less than the script's, the grid and all leading grow in that proportion; the
// block keeps its height and so has fewer lines, and what stands on a numbered line stands on a smaller number.
std::optional<Layout> read_layout(const std::string& folder_or_name, const std::string& data_folder, diag::Sink& sink,
                                  const ScriptLines& lines = {});

// The names of the layouts in <data_folder>/layouts, sorted.
std::vector<std::string> layout_names(const std::string& data_folder);

}  // namespace epitome::style
