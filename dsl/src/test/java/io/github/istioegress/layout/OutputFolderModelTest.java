package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any sequence of generating, editing, deleting and adding by hand, beside a model in memory. */
class OutputFolderModelTest {

  private static final List<String> NAMES =
      List.of("a.yaml", "b.yaml", "c.yaml", "sub/a.yaml", "sub/d/e.yaml", "install/x.yaml");

  private static final List<String> TEXTS = List.of("kind: A\n", "kind: B\n", "kind: C\n");

  private Path project = Path.of("");
  private Path out = Path.of("");
  private final Map<String, String> disk = new TreeMap<>();
  private Map<String, String> generated = new TreeMap<>();

  @BeforeTry
  void freshProject() throws IOException {
    project = Files.createTempDirectory("istio-egress-model");
    out = project.resolve("out");
    disk.clear();
    generated = new TreeMap<>();
  }

  @AfterTry
  void cleanUp() throws IOException {
    Disk.delete(project);
  }

  @Property(tries = 60)
  void nothingOfOthersIsLostAndNothingOfOursStays(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int step = 0; step < 12; step++) {
      if (random.nextInt(3) > 0) {
        generate(wanted(random));
      } else {
        byHand(random);
      }
      assertThat(files()).isEqualTo(disk);
    }
  }

  private static Map<String, String> wanted(Random random) {
    Map<String, String> wanted = new TreeMap<>();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        wanted.put(name, TEXTS.get(random.nextInt(TEXTS.size())));
      }
    }
    return wanted;
  }

  private void generate(Map<String, String> wanted) {
    OutputPlan plan = OutputFolder.at(out, project).plan(wanted);
    boolean edited = false;
    for (Map.Entry<String, String> old : generated.entrySet()) {
      String there = disk.getOrDefault(old.getKey(), old.getValue());
      edited |= !there.equals(old.getValue()) && !there.equals(wanted.get(old.getKey()));
    }
    boolean inTheWay = false;
    for (Map.Entry<String, String> next : wanted.entrySet()) {
      String there = disk.getOrDefault(next.getKey(), next.getValue());
      inTheWay |= !generated.containsKey(next.getKey()) && !there.equals(next.getValue());
    }
    boolean lost =
        !Files.exists(out.resolve(Inventory.FILE))
            && wanted.keySet().stream().anyMatch(disk::containsKey);
    assertThat(plan.findings().isEmpty()).isEqualTo(!edited && !inTheWay && !lost);
    if (plan.findings().isEmpty()) {
      WriteResult result = plan.write();
      generated.keySet().stream().filter(path -> !wanted.containsKey(path)).forEach(disk::remove);
      disk.putAll(wanted);
      generated = wanted;
      assertThat(result.written()).hasSize(wanted.size() - result.unchanged());
      assertThat(OutputFolder.at(out, project).plan(wanted).isUpToDate()).isTrue();
    }
  }

  private void byHand(Random random) throws IOException {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    Path file = out.resolve(name);
    if (disk.containsKey(name) && random.nextBoolean()) {
      Files.delete(file);
      disk.remove(name);
    } else {
      Files.createDirectories(file.getParent());
      String text = random.nextBoolean() ? "mine\n" : TEXTS.get(random.nextInt(TEXTS.size()));
      Files.writeString(file, text);
      disk.put(name, text);
    }
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(out)) {
      try (Stream<Path> all = Files.walk(project)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(out.relativize(file).toString(), Files.readString(file));
        }
      }
      files.remove(Inventory.FILE);
    }
    return files;
  }
}
