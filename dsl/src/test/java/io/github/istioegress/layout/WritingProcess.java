package io.github.istioegress.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A process of its own that writes the output of 200 tenants, for tests to do it harm. */
final class WritingProcess {

  private static final int TENANTS = 200;

  private WritingProcess() {}

  /** The command that starts one. */
  static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** An output: a file a tenant, of the size that they have, and one in ten that others lack. */
  static Map<String, String> output(String version) {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < TENANTS; i++) {
      String name = i % 10 == 0 ? "tenant-%d-%s".formatted(i, version) : "tenant-" + i;
      String text = i % 10 == 1 ? "same\n" : "kind: Sidecar # %s\n".formatted(version);
      files.put("fleet/namespaces/%s.yaml".formatted(name), text.repeat(400));
    }
    return files;
  }

  /** What stands in a folder, without what the tool notes for itself. */
  static Map<String, String> tree(Path folder) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        tree.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tree.remove(Inventory.FILE);
    return tree;
  }

  /**
   * Writes: {@code swap PROJECT TIMES} two outputs in turn, {@code write PROJECT VERSION TIMES} one
   * and one of its own, {@code full PROJECT} on a disk that gets full.
   */
  public static void main(String[] args) throws IOException {
    Path project = Path.of(args[1]);
    System.out.println("begins");
    switch (args[0]) {
      case "swap" -> {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
          write(project, output(i % 2 == 0 ? "one" : "two"));
        }
      }
      case "full" -> full(project);
      default -> {
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
          try {
            write(project, output(args[2]));
            System.out.println("wrote");
          } catch (UncheckedIOException told) {
            System.out.println(told.getMessage());
          }
        }
      }
    }
  }

  static void write(Path project, Map<String, String> output) {
    OutputFolder.at(Path.of("manifests"), project).plan(output).write();
  }

  /** Leaves some hundredths of the needed room, then of the needed files, and says what happens. */
  private static void full(Path project) throws IOException {
    write(project, output("one"));
    long files = output("two").size() + 4L;
    long bytes =
        output("two").values().stream()
            .mapToLong(text -> (text.length() + 4095) / 4096 * 4096L)
            .sum();
    for (int hundredths : new int[] {25, 50, 75, 99}) {
      Path ballast = project.resolve("ballast");
      FileStore store = Files.getFileStore(project);
      Files.write(
          ballast,
          new byte[Math.toIntExact(store.getUsableSpace() - bytes * 9 / 10 * hundredths / 100)]);
      said("room", hundredths, project);
      Files.delete(ballast);
      Files.createDirectory(ballast);
      int made = 0;
      try {
        for (; ; made++) {
          Files.createFile(ballast.resolve("n" + made));
        }
      } catch (IOException full) {
        long free = files * hundredths / 100;
        for (int i = 0; i < free; i++) {
          Files.delete(ballast.resolve("n" + (made - 1 - i)));
        }
      }
      said("files", hundredths, project);
      Disk.delete(ballast);
    }
    write(project, output("two"));
    System.out.println("then " + tree(project.resolve("manifests")).equals(output("two")));
  }

  private static void said(String what, int hundredths, Path project) throws IOException {
    String told = "nothing";
    try {
      write(project, output("two"));
    } catch (UncheckedIOException e) {
      told = String.valueOf(e.getMessage());
    }
    boolean old = tree(project.resolve("manifests")).equals(output("one"));
    boolean clean;
    try (Stream<Path> beside = Files.list(project)) {
      clean =
          beside
              .map(path -> path.getFileName().toString())
              .allMatch(List.of("manifests", "ballast")::contains);
    }
    System.out.printf("%s %d: old %s, clean %s, told %s%n", what, hundredths, old, clean, told);
  }

  /** True where the folder stands there and is whole, or lies beside between two renames. */
  static boolean isWhole(Path project) {
    Path out = project.resolve("manifests");
    Path there =
        Files.isDirectory(out, LinkOption.NOFOLLOW_LINKS)
            ? out
            : project.resolve(".manifests.istio-egress-old");
    Map<String, String> tree = tree(there);
    return tree.equals(output("one")) || tree.equals(output("two"));
  }
}
