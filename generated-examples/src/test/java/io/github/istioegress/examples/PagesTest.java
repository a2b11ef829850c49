package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages show is what the files say: README blocks, the goal table, the index. */
class PagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- (.+?) -->\\n)?```(\\w+)\\n(.*?)\\n```", Pattern.DOTALL);

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static List<MatchResult> blocks(String file) throws IOException {
    return BLOCK.matcher(read(file)).results().toList();
  }

  @Test
  void everyBlockOfTheReadmeStandsInAFileOrIsACommandThatCiRuns() throws IOException {
    List<String> commands = new ArrayList<>();
    for (MatchResult block : blocks("README.md")) {
      String marker = block.group(1) == null ? "" : block.group(1);
      String text = block.group(3);
      if (block.group(2).equals("sh")) {
        commands.add(text);
      } else if (marker.startsWith("from ")) {
        String file = marker.substring("from ".length()).replaceFirst(",.*", "");
        String source = read(file).replace("@project.version@", "0.1.0-SNAPSHOT");
        assertThat(source).as(file).contains(text);
      } else {
        // The sentence itself: it is the one of the definition further down.
        assertThat(
                read(
                    "maven-plugin/src/it/walk-of-the-readme/src/main/java/com/acme/CnnEgress.java"))
            .contains(text);
      }
    }
    assertThat(commands).containsExactly("mvn -Pgenerate process-classes", "mvn verify");
    assertThat(read(".ci/run")).contains(commands.get(0)).contains("<!-- tests -->");
  }

  @Test
  void theGoalTableIsThePluginsDescriptor() throws IOException {
    String descriptor = read("maven-plugin/target/classes/META-INF/maven/plugin.xml");
    List<String> rows =
        Pattern.compile("<mojo>(.*?)</mojo>", Pattern.DOTALL)
            .matcher(descriptor)
            .results()
            .map(mojo -> row(mojo.group(1)))
            .toList();
    assertThat(rows).isNotEmpty();
    assertThat(read("README.md").lines().filter(line -> line.startsWith("| `")))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  private static String row(String mojo) {
    String phase = element(mojo, "phase");
    return "| `%s` | %s | %s |"
        .formatted(
            element(mojo, "goal"),
            element(mojo, "description")
                .strip()
                .replaceAll("(?s)(?<=\\.)\\s.*", "")
                .replace('\n', ' ')
                .replace("&apos;", "'"),
            phase.isEmpty() ? "-" : phase);
  }

  private static String element(String xml, String name) {
    return Pattern.compile("<%s>(.*?)</%s>".formatted(name, name), Pattern.DOTALL)
        .matcher(xml)
        .results()
        .findFirst()
        .map(found -> found.group(1))
        .orElse("");
  }

  @Test
  void theIndexListsEveryExampleInTheWordsOfItsDefinition() throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> sources =
        Files.list(Path.of("src/main/java/io/github/istioegress/examples"))) {
      for (Path source : sources.filter(s -> s.toString().endsWith("Example.java")).toList()) {
        String simple = source.getFileName().toString().replace(".java", "");
        String name =
            simple
                .replaceFirst("Example$", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
        rows.add(
            "| %s | [%s](%s) | %s | [manifests](manifests/%s) | [calls](calls/%s.yaml) | [flow](traces/%s.txt) |"
                .formatted(name, simple, source, javadoc(source), name, name, name));
      }
    }
    rows.sort(String::compareTo);
    assertThat(Files.readString(Path.of("README.md")).lines().filter(l -> l.contains("Example](")))
        .containsExactlyElementsOf(rows);
  }

  private static String javadoc(Path source) throws IOException {
    return Pattern.compile("/\\*\\*(.*?)\\*/\\s*public final class", Pattern.DOTALL)
        .matcher(Files.readString(source))
        .results()
        .findFirst()
        .map(found -> found.group(1).replaceAll("\\s*\\n \\* ?", " ").strip())
        .orElse("");
  }

  @Test
  void thePageOfFaultsNamesTestsThatThereAre() throws IOException {
    List<String> tests = new ArrayList<>();
    for (String module : List.of("dsl", "maven-plugin", "generated-examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files.map(file -> file.getFileName().toString()).forEach(tests::add);
      }
    }
    try (Stream<Path> projects = Files.list(ROOT.resolve("maven-plugin/src/it"))) {
      projects.map(project -> project.getFileName().toString()).forEach(tests::add);
    }
    String page = read("docs/faults.md");
    List<String> named =
        Pattern.compile("`(\\w+(?:Test|IT))`")
            .matcher(page)
            .results()
            .map(found -> found.group(1) + ".java")
            .toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests).containsAll(named);
    Pattern.compile("`src/it/([-\\w]+)`")
        .matcher(page)
        .results()
        .forEach(found -> assertThat(tests).contains(found.group(1)));
    for (int fault = 1; fault <= 26; fault++) {
      assertThat(page).contains("| F" + fault + " |");
    }
  }

  @Test
  void everyLinkOfThePagesLeadsSomewhere() throws IOException {
    for (String page :
        List.of("README.md", "CONTRIBUTING.md", "generated-examples/README.md", "docs/faults.md")) {
      Path self = ROOT.resolve(page);
      Pattern.compile("]\\(([^)#:]+)\\)")
          .matcher(read(page))
          .results()
          .forEach(link -> assertThat(self.resolveSibling(link.group(1))).as(page).exists());
    }
  }
}
