// Addresses in running text: of the web, of mail, of files. They break by rules of their own, and their letters stand
// as they are.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/break_opportunities.hpp"

namespace epitome::text {

// Bytes of the text, without the punctuation around it.
struct Address {
  std::uint32_t begin = 0, end = 0;
};

// Ascending. An address is a word that holds "://", begins with "www.", "doi:" or "mailto:", is a mailbox, or a path: a
// word of names parted by "/" or "\" of which one has a dot inside, or that begins with such a mark.
std::vector<Address> find_addresses(std::string_view text);

// Sets the breaks inside addresses as the Chicago Manual of Style has them (7.46, 14.18): after a colon and after
// slashes, before other marks; no hyphen is added or mistaken for one of the address's own.
void break_addresses(std::string_view text, const std::vector<Address>& addresses, std::vector<Opportunity>& breaks);

}  // namespace epitome::text
