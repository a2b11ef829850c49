package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.HostRegistry;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.fleet.TenantDestination;
import io.github.istioegress.fleet.Tenants;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GeneratedEgress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the page on the size of a fleet says of a tenant is what a tenant adds. */
class FleetSizeTest {

  private static final Pattern SAID =
      Pattern.compile(
          "A tenant is (\\d+) objects in its namespace and the gateway's.*?([0-9.]+) KB and ([0-9.]+) KB of YAML",
          Pattern.DOTALL);

  private static GeneratedEgress fleet(int tenants) {
    Tenants all =
        Tenants.of(
            IntStream.range(0, tenants).mapToObj(FleetSizeTest::tenant).toArray(Tenant[]::new));
    Fleet fleet =
        Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .tenants(all)
            .each(tenant -> tenant.through(EgressGateway.istioDefault()))
            .hosts(HostRegistry.exclusive());
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
        .generate("fleet", fleet.plan(all));
  }

  private static Tenant tenant(int number) {
    String name = "tenant-%04d".formatted(number);
    return Tenant.named(
        name,
        IntStream.range(0, 5)
            .mapToObj(
                host ->
                    TenantDestination.of(
                        "h%s.%s.example".formatted(host, name),
                        EgressPort.guess(host % 2 == 0 ? 443 : 80)))
            .toArray(TenantDestination[]::new));
  }

  @Test
  void whatATenantAdds() throws IOException {
    GeneratedEgress small = fleet(10);
    GeneratedEgress large = fleet(20);
    int objects = (large.resources().all().size() - small.resources().all().size()) / 10;
    int own = large.files().text("fleet/tenant-0005.yaml").orElseThrow().length();
    int beside =
        (large.files().text("fleet/istio-system.yaml").orElseThrow().length()
                - small.files().text("fleet/istio-system.yaml").orElseThrow().length())
            / 10;
    MatchResult said =
        SAID.matcher(Files.readString(Path.of("../docs/fleet-size.md")))
            .results()
            .findFirst()
            .orElseThrow();
    assertThat(said.group(1)).isEqualTo(String.valueOf(objects));
    // How long names are decides the last digit.
    assertThat(own / 1000.0).isCloseTo(Double.parseDouble(said.group(2)), withinPercentage(3));
    assertThat(beside / 1000.0).isCloseTo(Double.parseDouble(said.group(3)), withinPercentage(5));
  }
}
