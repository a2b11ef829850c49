package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.Tenants;
import io.github.istioegress.fleet.Topology;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.layout.Delivery;
import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F11: of a tenant that is removed, renamed or moved nothing is left over, and all that goes is
 * said.
 */
class ChangedTenantsTest {

  private static final List<String> BEFORE =
      List.of("name: cart", "name: mail", "name: shop", "name: tax");

  private static final List<List<String>> AFTER =
      List.of(
          List.of("name: cart", "name: mail", "name: store", "name: tax"),
          List.of(
              "{name: cart, group: retail}",
              "name: mail",
              "{name: shop, namespace: shop-2}",
              "name: tax"),
          List.of("name: tax"));

  @TempDir Path project;

  static List<String> layouts() {
    return OutputLayouts.names();
  }

  private static Map<String, String> generated(String layout, List<String> said) {
    StringBuilder yaml = new StringBuilder("tenants:\n");
    for (String one : said) {
      String fields = one.startsWith("{") ? one.substring(1, one.length() - 1) : one;
      String host = fields.replaceAll("name: (\\w+).*", "$1.example");
      yaml.append("- {%s, destinations: [{host: api.%s, port: 443}]}%n".formatted(fields, host));
    }
    Tenants tenants = Tenants.read(List.of(new SourceFile("tenants.yaml", yaml.toString())));
    Topology own = Topology.perTenant("egress");
    Fleet fleet =
        Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .tenants(tenants)
            .each(tenant -> tenant.through(Topology.perGroup("egress", own).of(tenant)));
    return new EgressGenerator(
            OutputLayouts.named(
                layout, new Delivery("https://git.acme.example/egress.git", "main", "manifests")),
            Optional.empty())
        .generate("fleet", fleet.plan(tenants))
        .files()
        .byPath();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void nothingIsLeftOver(String layout) throws IOException {
    OutputFolder folder = OutputFolder.at(Path.of("out"), project);
    Map<String, String> before = generated(layout, BEFORE);
    for (List<String> said : AFTER) {
      Map<String, String> after = generated(layout, said);
      folder.plan(before).write();
      OutputPlan plan = folder.plan(after);
      List<String> gone =
          before.keySet().stream().filter(path -> !after.containsKey(path)).toList();
      assertThat(plan.stale()).containsExactlyElementsOf(gone);
      assertThat(plan.diff()).contains(gone.isEmpty() ? "" : "+++ /dev/null");
      assertThat(plan.write().removed()).containsExactlyElementsOf(gone);
      assertThat(tree()).isEqualTo(after);
    }
  }

  private Map<String, String> tree() throws IOException {
    Path out = project.resolve("out");
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        tree.put(out.relativize(file).toString(), Files.readString(file));
      }
    }
    tree.remove(".istio-egress-inventory");
    return tree;
  }
}
