package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.generator.IsolatedGenerator;
import io.github.istioegress.layout.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F19: in any language, charset, time zone and folder the same bytes are written. */
class SurroundingsTest {

  /** The options of a JVM, and the name of the project's folder. */
  private static final Map<List<String>, String> SURROUNDINGS = new LinkedHashMap<>();

  static {
    SURROUNDINGS.put(
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Dfile.encoding=ISO-8859-1",
            "-Duser.timezone=Pacific/Kiritimati"),
        "with spaces, a # and 100%41");
    SURROUNDINGS.put(
        List.of(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Dfile.encoding=US-ASCII",
            "-Duser.timezone=America/St_Johns",
            "-Dsun.jnu.encoding=UTF-8"),
        "Übergrößen und 日本");
    SURROUNDINGS.put(List.of("-Duser.language=", "-Duser.country="), "l".repeat(250));
  }

  /** Generates two examples into a folder, in the surroundings of its own process. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Path project = Path.of("").toAbsolutePath();
      Map<String, Object> answer =
          new IsolatedGenerator()
              .apply(
                  Map.of(
                      "classNames",
                      List.of(TenantFleetExample.class.getName(), SeedExample.class.getName()),
                      "baseDirectory",
                      project.toString()));
      Map<String, String> files = new TreeMap<>();
      ((Map<?, ?>) answer.getOrDefault("files", Map.of()))
          .forEach((path, text) -> files.put(path.toString(), text.toString()));
      OutputFolder.at(Path.of("out"), project).plan(files).write();
      System.out.println(answer.get("errors"));
    }
  }

  private static Map<String, String> tree(Path folder) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        tree.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    tree.remove(".istio-egress-inventory");
    return tree;
  }

  @Test
  void theSameBytesEverywhere(@TempDir Path temp) throws IOException, InterruptedException {
    Map<String, String> committed = new TreeMap<>();
    for (String name : List.of("tenant-fleet", "seed")) {
      tree(Path.of("manifests", name))
          .forEach((path, text) -> committed.put(name + "/" + path, text));
    }
    Map<Path, Process> running = new LinkedHashMap<>();
    for (Map.Entry<List<String>, String> one : SURROUNDINGS.entrySet()) {
      Path project = Files.createDirectory(temp.resolve(one.getValue()));
      Files.createDirectory(project.resolve("tenants"));
      Files.copy(Path.of("tenants/fleet.yaml"), project.resolve("tenants/fleet.yaml"));
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(one.getKey());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
      command.add(absolute(System.getProperty("java.class.path")));
      command.add(Writer.class.getName());
      ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      running.put(project, builder.redirectErrorStream(true).start());
    }
    for (Map.Entry<Path, Process> one : running.entrySet()) {
      String said =
          new String(one.getValue().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(one.getValue().waitFor()).as(said).isZero();
      assertThat(said.strip()).isEqualTo("[]");
      assertThat(tree(one.getKey().resolve("out"))).isEqualTo(committed);
    }
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(java.io.File.pathSeparator, -1))
        .map(path -> Path.of(path).toAbsolutePath().toString())
        .reduce((one, next) -> one + java.io.File.pathSeparator + next)
        .orElseThrow();
  }
}
