#include "text/patterns.hpp"

namespace epitome::text {

Patterns::~Patterns() = default;
std::unique_ptr<Patterns> Patterns::open(const std::string&) { return nullptr; }
void Patterns::points(std::string_view, std::vector<HyphenPoint>& out) const { out.clear(); }
int Patterns::start_min() const { return 0; }
int Patterns::end_min() const { return 0; }

}  // namespace epitome::text
