package io.github.istioegress.maven.constants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.fleet.FleetNames;
import io.github.istioegress.manifest.SourceFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConstantSourcesTest {

  @TempDir private Path folder;

  private static ConstantSources sources(String text) {
    return sources("tenants.yaml", text);
  }

  private static ConstantSources sources(String file, String text) {
    return ConstantSources.of(
        "com.acme.egress", FleetNames.read(List.of(new SourceFile(file, text))));
  }

  @Test
  void aConstantNamesItsLine() {
    ConstantSources sources =
        sources(
            """
            tenants:
              - name: pay-roll
                ring: canary
                values: {timeoutSeconds: 10}
                destinations:
                  - {host: bank.example.com, port: 443}
                  - {name: card, host: api.stripe.com, port: 443}
            """);

    assertThat(sources.warnings()).isEmpty();
    assertThat(sources.files().keySet())
        .containsExactly(
            "com/acme/egress/FleetDestinations.java",
            "com/acme/egress/FleetHosts.java",
            "com/acme/egress/FleetRings.java",
            "com/acme/egress/FleetTenants.java",
            "com/acme/egress/FleetValues.java");
    assertThat(sources.files().get("com/acme/egress/FleetDestinations.java"))
        .isEqualTo(
            """
            // Made by istio-egress:generate-sources from tenants files
            package com.acme.egress;

            import io.github.istioegress.intent.ExternalHost;

            /**
             * What each tenant may reach, whichever profile holds.
             */
            public final class FleetDestinations {
              private FleetDestinations() {
              }

              /**
               * What tenant {@code pay-roll} may reach.
               */
              public static final class PayRoll {
                /**
                 * Host bank.example.com, tenants.yaml:6.
                 */
                public static final ExternalHost BANK_EXAMPLE_COM = new ExternalHost("bank.example.com");

                /**
                 * Host api.stripe.com, tenants.yaml:7.
                 */
                public static final ExternalHost CARD = new ExternalHost("api.stripe.com");

                private PayRoll() {
                }
              }
            }
            """);
  }

  @Test
  void namesLikeWordsOfJavaAndLikeItsTypesCompile() throws Exception {
    List<String> names =
        List.of(
            "class",
            "true",
            "null",
            "int",
            "string",
            "object",
            "override",
            "a",
            "1password",
            "0",
            "external-host",
            "tenant-name",
            "fleet-hosts",
            "fleet-destinations",
            "fleetdestinations",
            "com",
            "io",
            "java",
            "x--y",
            "fleet-destinations-part1");
    String text =
        "tenants:\n"
            + names.stream()
                .map(
                    name ->
                        "  - {name: \"%s\", destinations: [{host: class.%s.example, port: 443}]}\n"
                            .formatted(name, name))
                .collect(Collectors.joining());
    ConstantSources sources = sources(text);

    // fleet-destinations and fleetdestinations differ in case alone, as class files.
    assertThat(sources.warnings()).hasSize(1);
    assertThat(values(sources, "FleetTenants")).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void twoNamesThatBecomeOneConstantAreNeitherAndTheWarningHasBothLines() throws Exception {
    ConstantSources sources =
        sources(
            """
            tenants:
              - {name: shop, destinations: [{host: a-b.example, port: 443}]}
              - {name: cart, destinations: [{host: a.b.example, port: 443}, {host: c.example, port: 443}]}
            """);

    assertThat(sources.warnings())
        .containsExactly(
            "tenants.yaml:3: host 'a-b.example' (tenants.yaml:2) and 'a.b.example' (tenants.yaml:3)"
                + " both become A_B_EXAMPLE: neither is a constant; rename one, or write them as texts");
    assertThat(values(sources, "FleetHosts")).containsExactly("c.example");
  }

  @Test
  void nothingOfAFilesNameLeavesItsComment() throws Exception {
    String file = "*/ class X {} /* \\u002a\\u002f {@code } <b> @see é.yaml";

    assertThat(values(sources(file, "name: shop"), "FleetTenants")).containsExactly("shop");
  }

  @Test
  void thousandsOfTenantsAreMoreThanAClassHoldsAndHaveTheirConstantsAllTheSame() throws Exception {
    List<String> names = IntStream.range(0, 7000).mapToObj("tenant-%d"::formatted).toList();
    ConstantSources sources =
        sources(
            "tenants:\n"
                + names.stream()
                    .map(
                        n ->
                            "  - {name: %s, destinations: [{host: %s.example, port: 443}]}\n"
                                .formatted(n, n))
                    .collect(Collectors.joining()));

    assertThat(values(sources, "FleetTenants")).hasSize(7000);
    Path use = folder.resolve("Use.java");
    Files.writeString(
        use,
        "class Use { Object a = com.acme.egress.FleetDestinations.Tenant42.TENANT_42_EXAMPLE;"
            + " Object b = com.acme.egress.FleetTenants.TENANT_6999; }");
    assertThat(compile(Stream.of(use))).isEmpty();
  }

  @Test
  void whateverValuesAreCalledTheJavaCompilesAndSaysTheSame() throws Exception {
    Random random = new Random(7);
    String alphabet = "aZ09 _-.*/\\\"'`${}@<>&;\t\u00e9\u0131\u4e2d\u202e\ud83d\ude00un02";
    for (int run = 0; run < 12; run++) {
      Set<String> keys = new TreeSet<>();
      for (int i = 0; i < 40; i++) {
        StringBuilder key = new StringBuilder();
        for (int length = random.nextInt(7); length >= 0; length--) {
          int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
          key.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
        }
        keys.add(key.toString());
      }
      String json =
          keys.stream()
              .map(key -> json(key) + ": 1")
              .collect(Collectors.joining(", ", "{\"name\": \"shop\", \"values\": {", "}}"));
      ConstantSources sources = sources("t.json", json);

      Set<String> said = values(sources, "FleetValues");
      assertThat(keys).containsAll(said);
      int left = keys.size() - said.size();
      assertThat(left == 0).as("%s", sources.warnings()).isEqualTo(sources.warnings().isEmpty());
    }
  }

  @Test
  void aPackageIsAName() {
    for (String name : List.of("", "com.acme.class", "com acme", "a;b", "a.*")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  ConstantSources.of(
                      name, FleetNames.read(List.of(new SourceFile("t.yaml", "name: shop")))))
          .withMessageContaining("say istio-egress.packageName, such as com.acme.egress");
    }
  }

  /** The values of all constants of a class, after the strictest compilation there is. */
  private Set<String> values(ConstantSources sources, String type) throws Exception {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> file : new TreeMap<>(sources.files()).entrySet()) {
      assertThat(file.getValue().chars()).as("ASCII alone").allMatch(c -> c < 128);
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(folder.resolve("com/acme/egress"));
      Files.writeString(path, file.getValue());
      files.add(path);
    }
    assertThat(compile(files.stream())).isEmpty();
    Set<String> values = new TreeSet<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      for (Field field : loader.loadClass("com.acme.egress." + type).getFields()) {
        values.add(String.valueOf(field.get(null)));
      }
    }
    return values;
  }

  private String compile(Stream<Path> files) throws IOException {
    var errors = new java.io.StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              errors,
              manager,
              null,
              List.of(
                  "-Xlint:all",
                  "-Werror",
                  "-proc:none",
                  "--release",
                  "17",
                  "-encoding",
                  "US-ASCII",
                  "-classpath",
                  folder + java.io.File.pathSeparator + dsl(),
                  "-d",
                  folder.toString()),
              null,
              manager.getJavaFileObjectsFromPaths(files.toList()))
          .call();
    }
    return errors.toString();
  }

  private static String dsl() {
    return Path.of(
            java.net.URI.create(
                FleetNames.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static String json(String text) {
    return text.chars()
        .mapToObj(c -> "\\u%04x".formatted(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
