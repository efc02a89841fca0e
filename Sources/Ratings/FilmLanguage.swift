/// Languages of films: their codes of ISO 639-1, and what they are called in English, as services and tables write them.
public enum FilmLanguage {
  private static let names: [String: String] = [
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bm": "Bambara", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "dz": "Dzongkha", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "iu": "Inuktitut", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin",
    "lb": "Luxembourgish",
    "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian",
    "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "se": "Northern Sami",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "wo": "Wolof", "xh": "Xhosa", "yi": "Yiddish",
    "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
  ]

  /// Other codes and names of the same languages: TMDb calls Cantonese "cn", OMDb names the spoken kinds of Chinese.
  private static let others = [
    "cantonese": "zh", "cn": "zh", "farsi": "fa", "filipino": "tl", "flemish": "nl", "iw": "he", "mandarin": "zh",
    "nb": "no", "nn": "no", "sh": "sr", "serbo-croatian": "sr",
  ]

  private static let codes = Dictionary(
    names.map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

  /// The code of the first language that `text` names: "en", "EN", "English" and "English, French" are all English. Nil for what is
  /// none of those known here.
  public static func code(_ text: String) -> String? {
    guard let first = text.split(whereSeparator: { ",|;/".contains($0) }).first else { return nil }
    let word = first.drop { $0 == " " }.lowercased()
    let trimmed = String(word.reversed().drop { $0 == " " }.reversed())
    let code = others[trimmed] ?? codes[trimmed] ?? trimmed
    return names[code] == nil ? nil : code
  }

  /// What the language of a code is called in English.
  public static func name(_ code: String) -> String { names[code] ?? code }
}
