/// Why a question of the command line has no answer.
package enum WorkbenchError: Error, Equatable {
  case folderNotEmpty(path: String)
  case badLine(path: String, line: Int, problem: String)
  case unknownUser(id: String, range: String)
  case unknownMovie(id: String, nearest: String?)
  case budgetTooSmall(model: String, seconds: Double)
}

extension WorkbenchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .folderNotEmpty(let path): "\(path): is not empty; choose a new folder"
    case .badLine(let path, let line, let problem): "\(path):\(line): \(problem)"
    case .unknownUser(let id, let range):
      "no user “\(id)” is in the data (\(range)); for someone new use --ratings FILE"
    case .unknownMovie(let id, let nearest):
      "no movie “\(id)” is in the data\(nearest.map { "; did you mean \($0)?" } ?? "; marquee similar takes the id of the data set")"
    case .budgetTooSmall(let model, let seconds):
      "\(seconds) seconds are too few to fit \(model) once to a sample of this data; give a larger --budget"
    }
  }
}
