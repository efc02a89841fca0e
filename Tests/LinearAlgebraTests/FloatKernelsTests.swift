import LinearAlgebra
import Testing

@Suite struct FloatKernelsTests {
  @Test(arguments: Array(0...40) + [1000])
  func `dot agrees with double precision`(count: Int) {
    let x = randomFloats(count, seed: 1)
    let y = randomFloats(count, seed: 2)
    let expected = zip(x, y).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let product = FloatKernels.dot(x, y, count: count)
    #expect(abs(Double(product) - expected) <= 1e-6 * Double(max(1, count)))
  }

  @Test(arguments: Array(0...40))
  func `adding touches its numbers and no others`(count: Int) {
    let x = randomFloats(count + 9, seed: 3)
    let start = randomFloats(count + 9, seed: 4)
    var scaled = start
    FloatKernels.add(0.5, times: x, to: &scaled, count: count)
    var plain = start
    FloatKernels.add(x, to: &plain, count: count)
    for index in start.indices {
      #expect(scaled[index] == (index < count ? start[index] + 0.5 * x[index] : start[index]))
      #expect(plain[index] == (index < count ? start[index] + x[index] : start[index]))
    }
  }

  @Test(arguments: [0, 1, 2, 40])
  func `sixteen lanes of chosen rows are added up in their order`(count: Int) {
    let rows = (0..<Int32(count)).map { ($0 * 7 + 3) % 20 }
    let (base, values) = (randomFloats(20 * 16, seed: 15), randomFloats(max(1, count), seed: 16))
    let sum = FloatKernels.wideSum(rows: rows, values: values, count: count, of: base)
    for lane in 0..<16 {
      var expected: Float = 0
      for (row, value) in zip(rows, values) { expected += value * base[Int(row) * 16 + lane] }
      #expect(sum[lane] == expected)
    }
  }

  @Test(arguments: [8, 16, 24, 64], [0, 1, 2, 130])
  func `the gram kernel agrees with double precision`(stride: Int, rows: Int) {
    let a = randomFloats(rows * stride, seed: 5)
    let start = randomFloats(stride * stride, seed: 6)
    var gram = start
    FloatKernels.addGram(of: a, rows: rows, stride: stride, to: &gram)
    for i in 0..<stride {
      for j in i..<stride {
        var expected = Double(start[i * stride + j])
        for row in 0..<rows { expected += Double(a[row * stride + i]) * Double(a[row * stride + j]) }
        #expect(abs(Double(gram[i * stride + j]) - expected) <= 1e-5 * Double(rows + 1))
      }
    }
  }

  @Test(arguments: [8, 16, 24, 32, 64, 72, 104], [0, 1, 5, 40])
  func `chosen rows are copied and added up in their order, whatever follows them`(stride: Int, count: Int) {
    let rows = randomFloats(50 * stride, seed: 7)
    let chosen = (0..<count + 20).map { Int32(($0 * 37 + 11) % 50) }
    let start = randomFloats(stride, seed: 8)
    for following in [0, 3, 20] {
      var copies = [Float](repeating: 0, count: max(1, count) * stride)
      var sums = start
      rows.withUnsafeBufferPointer { rows in
        chosen.withUnsafeBufferPointer { chosen in
          guard let rows = rows.baseAddress, let chosen = chosen.baseAddress else { return }
          let choice = ChosenRows(of: rows, stride: stride, chosen, count: count, following: following)
          choice.gather(into: &copies)
          choice.add(to: &sums)
        }
      }
      var expected = start
      for (index, row) in chosen.prefix(count).enumerated() {
        for place in 0..<stride {
          #expect(copies[index * stride + place] == rows[Int(row) * stride + place])
          expected[place] += rows[Int(row) * stride + place]
        }
      }
      #expect(sums == expected)
      var all = start
      FloatKernels.addRows(copies, stride: stride, count: count, to: &all)
      #expect(all == expected)
    }
  }

  @Test(arguments: [8, 24, 64])
  func `a descent steps down the gradient, rating by rating`(stride: Int) {
    var users = randomFloats(6 * stride, seed: 9)
    var movies = randomFloats(5 * stride, seed: 10)
    var (exactUsers, exactMovies) = (users.map(Double.init), movies.map(Double.init))
    let (userPlaces, moviePlaces): ([Int32], [Int32]) = ([0, 5, 0, 3, 2, 0, 5], [4, 4, 1, 0, 4, 4, 2])
    let values = randomFloats(7, seed: 11)
    // Rates and pulls of users, then of movies, then the frequencies of both.
    let steps = randomFloats(2 * stride + 11, seed: 12).map { 0.05 * $0 }
    let (rates, pulls) = (steps[..<stride], Array(steps[stride..<2 * stride]))
    let (userFrequency, movieFrequency) = (Array(steps[(2 * stride)..<(2 * stride + 6)]), steps.suffix(5).map { $0 })
    var sum = 0.0
    userPlaces.withUnsafeBufferPointer { userPlaces in
      moviePlaces.withUnsafeBufferPointer { moviePlaces in
        values.withUnsafeBufferPointer { values in
          steps.withUnsafeBufferPointer { steps in
            guard let userPlaces = userPlaces.baseAddress, let moviePlaces = moviePlaces.baseAddress,
              let values = values.baseAddress, let steps = steps.baseAddress
            else { return }
            sum = DescentKernels.descend(
              DescentKernels.Ratings(users: userPlaces, movies: moviePlaces, values: values, count: 7), users: &users,
              movies: &movies, stride: stride,
              userSteps: DescentKernels.Steps(rates: steps, pulls: steps + stride, frequencies: steps + 2 * stride),
              movieSteps: DescentKernels.Steps(
                rates: steps + stride, pulls: steps, frequencies: steps + 2 * stride + 6))
          }
        }
      }
    }
    var expected = 0.0
    for index in 0..<7 {
      let (p, q) = (Int(userPlaces[index]) * stride, Int(moviePlaces[index]) * stride)
      let error =
        Double(values[index]) - (0..<stride).reduce(0.0) { $0 + exactUsers[p + $1] * exactMovies[q + $1] }
      expected += error * error
      for place in 0..<stride {
        let (x, y) = (exactUsers[p + place], exactMovies[q + place])
        exactUsers[p + place] +=
          error * Double(rates[place]) * y - Double(userFrequency[Int(userPlaces[index])] * pulls[place]) * x
        exactMovies[q + place] +=
          error * Double(pulls[place]) * x - Double(movieFrequency[Int(moviePlaces[index])] * rates[place]) * y
      }
    }
    #expect(abs(sum - expected) <= 1e-4 * expected)
    #expect(zip(users, exactUsers).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    #expect(zip(movies, exactMovies).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }
}
