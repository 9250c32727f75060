// SPDX-License-Identifier: Apache-2.0
#include "model/float_matrix.h"

#include <algorithm>
#include <cstring>

namespace mayfly::model {
namespace {

// Four floats that are added and multiplied element by element (a GCC and Clang extension).
using Lanes = float __attribute__((vector_size(16)));
constexpr std::size_t kLanes = 4;

// A tile of the result lives in registers: 4 rows of 8 columns are 8 SSE registers.
constexpr std::size_t kTileRows = 4;
constexpr std::size_t kTileColumns = 2 * kLanes;
constexpr std::size_t kGramRows = 256;

using Tile = float[kTileRows][kTileColumns];

// tile[r][c] = sum over j of x[r][j] * panel[j][c], added up in the order of j.
void multiply_tile(const float* const (&x)[kTileRows], const float* panel, std::size_t k,
                   Tile& tile) {
  Lanes sum[kTileRows][2]{};
  for (std::size_t j = 0; j < k; ++j, panel += kTileColumns) {
    Lanes left, right;
    std::memcpy(&left, panel, sizeof left);
    std::memcpy(&right, panel + kLanes, sizeof right);
    for (std::size_t r = 0; r < kTileRows; ++r) {
      sum[r][0] += x[r][j] * left;
      sum[r][1] += x[r][j] * right;
    }
  }
  std::memcpy(&tile, &sum, sizeof sum);
}

// Rows first.. of w [n, k] as a panel [k][kTileColumns]; rows beyond n are zero.
void pack_panel(std::span<const float> w, std::size_t first, std::size_t n, std::size_t k,
                std::vector<float>& panel) {
  panel.assign(k * kTileColumns, 0.0F);
  const std::size_t count = std::min(kTileColumns, n - first);
  for (std::size_t c = 0; c < count; ++c) {
    for (std::size_t j = 0; j < k; ++j) panel[j * kTileColumns + c] = w[(first + c) * k + j];
  }
}

// Calls store(row, column, sum) for every element of rows first_row.. and one panel's columns.
template <typename Store>
void multiply_panel(std::span<const float> x, std::size_t first_row, std::size_t m, std::size_t k,
                    const std::vector<float>& panel, std::size_t columns, const Store& store) {
  for (std::size_t row = first_row; row < m; row += kTileRows) {
    const std::size_t rows = std::min(kTileRows, m - row);
    const float* in[kTileRows];
    for (std::size_t r = 0; r < kTileRows; ++r) {
      in[r] = x.data() + (row + std::min(r, rows - 1)) * k;  // surplus rows repeat the last
    }
    Tile tile;
    multiply_tile(in, panel.data(), k, tile);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) store(row + r, c, tile[r][c]);
    }
  }
}

}  // namespace

std::vector<float> multiply_by_transposed(std::span<const float> x, std::span<const float> w,
                                          std::span<const float> bias, std::size_t m, std::size_t n,
                                          std::size_t k) {
  std::vector<float> y(m * n);
  std::vector<float> panel;
  for (std::size_t first = 0; first < n; first += kTileColumns) {
    pack_panel(w, first, n, k, panel);
    multiply_panel(x, 0, m, k, panel, std::min(kTileColumns, n - first),
                   [&](std::size_t row, std::size_t c, float sum) {
                     y[row * n + first + c] = bias.empty() ? sum : sum + bias[first + c];
                   });
  }
  return y;
}

std::vector<double> gram_matrix(std::span<const float> x, std::size_t m, std::size_t k) {
  std::vector<double> gram(k * k, 0.0);
  std::vector<float> transposed, panel;
  for (std::size_t start = 0; start < m; start += kGramRows) {
    const std::size_t rows = std::min(kGramRows, m - start);
    transposed.resize(k * rows);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t j = 0; j < k; ++j) transposed[j * rows + row] = x[(start + row) * k + j];
    }
    for (std::size_t first = 0; first < k; first += kTileColumns) {
      pack_panel(transposed, first, k, rows, panel);
      multiply_panel(transposed, first, k, rows, panel, std::min(kTileColumns, k - first),
                     [&](std::size_t i, std::size_t c, float sum) {
                       gram[i * k + first + c] += static_cast<double>(sum);
                     });
    }
  }
  // Above: the lower triangle, and within the diagonal tiles a little more, which the mirror sets.
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = i + 1; j < k; ++j) gram[i * k + j] = gram[j * k + i];
  }
  return gram;
}

}  // namespace mayfly::model
