# The formula for a tap: `brew install OWNER/marquee/marquee`. Released tarballs on Linux, from source on macOS.
class Marquee < Formula
  desc "Static-site generator for movie recommendations"
  homepage "https://github.com/@owner@/marquee"
  version "@version@"
  license "Apache-2.0"

  on_macos do
    url "https://github.com/@owner@/marquee/archive/refs/tags/v@version@.tar.gz"
    sha256 "@sha256_source@"
    depends_on "pkgconf" => :build
    depends_on xcode: ["26.0", :build]
    depends_on "cmark-gfm"
    depends_on "libarchive"
    depends_on "libsvm"
    depends_on "openblas"
    depends_on "openssl@3"
    depends_on "xgboost"
  end

  on_linux do
    on_intel do
      url "https://github.com/@owner@/marquee/releases/download/v@version@/marquee-@version@-linux-x86_64.tar.xz"
      sha256 "@sha256_x86_64@"
    end
    on_arm do
      url "https://github.com/@owner@/marquee/releases/download/v@version@/marquee-@version@-linux-aarch64.tar.xz"
      sha256 "@sha256_aarch64@"
    end
  end

  def install
    if OS.mac?
      system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "marquee"
      bin.install ".build/release/marquee"
      (share/"marquee").install "site-templates", "content", "deploy"
      generate_completions_from_executable(bin/"marquee", "completions")
    else
      bin.install "bin/marquee"
      lib.install Dir["lib/*"]
      share.install Dir["share/*"]
    end
  end

  test do
    system bin/"marquee", "new", "films"
    system bin/"marquee", "build", "--site", "films", "--quality", "quick"
    assert_path_exists testpath/"films/output/index.html"
  end
end
