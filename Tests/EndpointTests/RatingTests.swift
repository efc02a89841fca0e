import Ratings
import Settings
import Store
import Testing

@Suite("Ratings over HTTP")
struct RatingTests {
  @Test func `A rating is saved, returned, changed and withdrawn`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      #expect(try await client.ask("GET", "/api/ratings/2", token: token).status == 404)
      #expect(try await client.ask("PUT", "/api/ratings/2", #"{"stars": 4.5}"#, token: token).status == 200)
      #expect(try await client.ask("GET", "/api/ratings/2", token: token).field("stars") == "4.5")
      #expect(try await client.ask("PUT", "/api/ratings/2", #"{"stars": 1}"#, token: token).status == 200)
      #expect(try RatingStore(path: site.database).dataset().ratings.count == 4)
      #expect(try await client.ask("DELETE", "/api/ratings/2", token: token).status == 204)
      #expect(try await client.ask("DELETE", "/api/ratings/2", token: token).status == 404)
    }
  }

  @Test func `Stars within rounding of a step are that step, and others are rejected`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      for (sent, stored) in [("4.49999", "4.5"), ("4.500001", "4.5"), ("5.0000001", "5"), ("0.4999999", "0.5")] {
        #expect(try await client.ask("PUT", "/api/ratings/2", #"{"stars": \#(sent)}"#, token: token).status == 200)
        #expect(try await client.ask("GET", "/api/ratings/2", token: token).field("stars") == stored)
      }
      for sent in ["4.49", "4.26", "5.01", "0.49", "1e400", "-1", "true", #""4.5""#] {
        let answer = try await client.ask("PUT", "/api/ratings/2", #"{"stars": \#(sent)}"#, token: token)
        #expect([400, 422].contains(answer.status), "\(sent)")
      }
      #expect(try await client.ask("GET", "/api/ratings/2", token: token).field("stars") == "0.5")
      for (movie, status) in [("2", 200), ("none", 200), ("", 422), (String(repeating: "0", count: 201), 422)] {
        #expect(try await client.ask("GET", "/api/ratings?movie=\(movie)", token: token).status == status)
      }
    }
  }

  @Test func `Many ratings are sent as JSON or CSV, and all or none are saved`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let csv = try await client.ask(
        "POST", "/api/ratings", "movie,rating\n1,4.5\r\n\n\"2\",3\n", token: token, type: "text/csv; charset=utf-8")
      #expect(csv.field("saved") == "2")
      let json = try await client.ask(
        "POST", "/api/ratings", #"[{"movie": 3, "stars": 2}, {"movie": "1", "stars": null}]"#, token: token)
      #expect(json.field("saved") == "1")
      #expect(json.field("removed") == "1")
      let one = try await client.ask("POST", "/api/ratings", #"{"movie": 4, "stars": 5}"#, token: token)
      #expect(one.field("saved") == "1")
      for (bad, status) in [
        (#"{"ratings": [{"movie": 5, "stars": 5}, {"movie": 99, "stars": 5}]}"#, 404),
        (#"[{"movie": 5, "stars": 5}, {"movie": 1, "stars": 5.3}]"#, 422),
      ] {
        let answer = try await client.ask("POST", "/api/ratings", bad, token: token)
        #expect(answer.status == status)
        #expect(answer.text.contains("nothing was saved"))
      }
      #expect(
        try await client.ask("POST", "/api/ratings", "5,5\n5,x\n", token: token, type: "text/csv").text.contains(
          "line 2"))
      let all = try await client.ask("GET", "/api/ratings?format=csv", token: token).text
      #expect(
        all.split(separator: "\n").map { $0.split(separator: ",").prefix(2).joined(separator: ",") } == [
          "movie,rating", "2,3.0", "3,2.0", "4,5.0",
        ])
    }
  }

  @Test func `An export is read as by ingest, and films that the site does not have are listed`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let movie = try #require(try RatingStore(path: site.database).dataset().movies.first)
      let rows = "\(movie.title),\(movie.year ?? 0),u,4\nNo Such Film At All,1899,u,2\n"
      let answer = try await client.ask(
        "POST", "/api/ratings", "Name,Year,Letterboxd URI,Rating\n" + rows, token: token, type: "text/csv")
      #expect(answer.status == 200 && answer.field("saved") == "1")
      #expect(answer.text.contains("No Such Film At All (1899)"))
      // What became of the lines, as `ingest --report` tells it.
      #expect(
        answer.text.contains(
          #""dates":{"missing":2,"read":0,"unreadable":0},"films":{"added":1,"by_id":0,"by_title":1},"format":"letterboxd","lines":2,"not_films":0,"path":"upload","ratings":2,"replaced":0,"unrated":0"#
        ), "\(answer.text)")
      let json =
        #"[{"rating":8,"rated_at":"2020-01-02T03:04:05Z","movie":{"title":"\#(movie.title)","year":\#(movie.year ?? 0)}}]"#
      let trakt = try await client.ask("POST", "/api/ratings", json, token: token, type: "application/octet-stream")
      #expect(trakt.status == 200 && trakt.text.contains(#""format":"trakt""#), "\(trakt.text)")
      let all = try await client.ask("GET", "/api/ratings?format=csv", token: token).text
      #expect(all.contains("\(movie.id),4.0"))
      let history = try await client.ask(
        "POST", "/api/ratings", "Title,Date\nHeat,2020-01-01\n", token: token, type: "text/csv")
      #expect(history.status == 422 && history.text.contains("viewing history") && !history.text.contains("/tmp"))
      let zip = try await client.ask("POST", "/api/ratings", "PK", token: token, type: "application/zip")
      #expect(zip.status == 422)
    }
  }

  @Test func `A request that is sent twice is stored once`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      let key = ["Idempotency-Key: a-1"]
      let body = #"{"movie": 1, "stars": 5}"#
      #expect(
        try await client.ask("POST", "/api/ratings", body, token: token, headers: key).field("repeated") == "false")
      #expect(
        try await client.ask("POST", "/api/ratings", body, token: token, headers: key).field("repeated") == "true")
      let other = try await client.ask(
        "POST", "/api/ratings", #"{"movie": 2, "stars": 5}"#, token: token, headers: key)
      #expect(other.status == 409)
    }
    #expect(try RatingStore(path: site.database).submissionCounts().submitted == 1)
  }

  @Test func `Many clients at once lose nothing`() async throws {
    let site = try MemberSite { $0.ratingsPerMinute = 1_000_000 }
    let tokens = try (0..<8).map { try site.token("member-\($0)") }
    try await site.serving { (client) async throws in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for token in tokens {
          for movie in 1...5 {
            group.addTask {
              try await client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 3}"#, token: token).status
            }
          }
        }
        for try await status in group { #expect(status == 200) }
      }
    }
    #expect(try RatingStore(path: site.database).dataset().ratings.count == 43)
  }

  @Test func `Too many ratings in a minute get a time to retry`() async throws {
    let site = try MemberSite { $0.ratingsPerMinute = 1 }
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      #expect(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token).status == 200)
      let answer = try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token)
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] != nil)
    }
  }

  @Test func `A write during another process's transaction waits, and a failed write is not acknowledged`() async throws
  {
    let site = try MemberSite()
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      // The account goes from the shell while its session is still remembered.
      #expect(try await client.ask("GET", "/api/me", token: token).status == 200)
      let store = try RatingStore(path: site.database)
      try store.removeAccount(try #require(try store.account(named: "anna")).id)
      #expect(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: token).status == 401)
    }
  }
}
