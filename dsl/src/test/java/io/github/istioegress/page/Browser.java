package io.github.istioegress.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven through its driver by the W3C WebDriver protocol. */
final class Browser implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  /** A browser that hangs fails its test, and not the build's patience. */
  private static final Duration MOST = Duration.ofMinutes(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private String session = "";

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.base = "http://127.0.0.1:" + port + "/session";
  }

  /** Where a program of one of these names is; empty where the machine has none. */
  private static Optional<Path> program(String... names) {
    List<Path> folders =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of).toList();
    return Stream.of(names)
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** True where this machine has both programs. */
  static boolean isThere() {
    return program("chromedriver").isPresent() && program("chromium", "google-chrome").isPresent();
  }

  /**
   * Starts one.
   *
   * @param profile an empty folder for what it keeps
   * @param width the width of its window, as a phone's where it is below 500
   */
  static Browser start(Path profile, int width) throws IOException {
    Process driver =
        new ProcessBuilder(program("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.add(line);
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        Browser browser = new Browser(driver, Integer.parseInt(port.group(1)));
        try {
          browser.open(profile, width);
        } catch (RuntimeException e) {
          browser.close();
          throw e;
        }
        return browser;
      }
    }
    driver.destroy();
    throw new IOException("chromedriver says no port: " + lines);
  }

  private void open(Path profile, int width) {
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // A page that scrolls smoothly is not yet where it is clicked.
            "--force-prefers-reduced-motion",
            "--window-size=" + width + ",900",
            "--user-data-dir=" + profile);
    Map<String, Object> options =
        width < 500
            ? Map.of(
                "args",
                arguments,
                "mobileEmulation",
                Map.of("deviceMetrics", Map.of("width", width, "height", 740, "pixelRatio", 2)))
            : Map.of("args", arguments);
    Map<String, Object> wanted =
        Map.of("goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"));
    JsonNode opened = send("POST", "", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    session = "/" + opened.path("sessionId").asText();
  }

  void show(Path page) {
    send("POST", "/url", Map.of("url", page.toUri().toString()));
  }

  /** What a script returns. */
  JsonNode run(String script) {
    return send("POST", "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** The first visible element of a selector. */
  String find(String selector) {
    return send("POST", "/element", Map.of("using", "css selector", "value", selector))
        .path(ELEMENT)
        .asText();
  }

  void click(String selector) {
    send("POST", "/element/" + find(selector) + "/click", Map.of());
  }

  void type(String selector, String text) {
    send("POST", "/element/" + find(selector) + "/value", Map.of("text", text));
  }

  /** Presses a key wherever the focus is. */
  void press(String key) {
    List<Map<String, String>> strokes =
        List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
    send(
        "POST",
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", strokes))));
  }

  /** What a reader sees of the first element of a selector. */
  String text(String selector) {
    return send("GET", "/element/" + find(selector) + "/text", Map.of()).asText();
  }

  /** What the page complained of. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    send("POST", "/se/log", Map.of("type", "browser"))
        .forEach(entry -> complaints.add(entry.path("message").asText()));
    return complaints;
  }

  private JsonNode send(String method, String path, Map<String, Object> body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + session + path)).timeout(MOST);
      HttpResponse<String> response =
          client.send(
              method.equals("GET")
                  ? request.GET().build()
                  : request
                      .method(
                          method,
                          HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                      .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode value = JSON.readTree(response.body()).path("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            method + " " + path + ": " + value.path("message").asText(response.body()));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!session.isEmpty()) {
        send("DELETE", "", Map.of());
      }
    } finally {
      driver.destroy();
    }
  }
}
