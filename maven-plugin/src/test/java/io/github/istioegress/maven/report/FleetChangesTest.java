package io.github.istioegress.maven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.layout.Texts;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.GeneratedDefinition.FleetTenant;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetChangesTest {

  @TempDir private Path project;

  private final Map<String, String> rings = new TreeMap<>();
  private final SortedMap<String, String> files = new TreeMap<>();

  /** A tenant in a ring, with a file of its own that says this. */
  private FleetChangesTest with(String name, String ring, String says) {
    rings.put(name, ring);
    return file(name, says);
  }

  private FleetChangesTest file(String namespace, String says) {
    files.put(
        "shops/" + namespace + ".yaml",
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
          labels:
            says: "%s"
        """
            .formatted(namespace, says));
    return this;
  }

  private FleetChangesTest tenants(int from, int to) {
    IntStream.range(from, to).forEach(i -> with("t%02d".formatted(i), "", "1"));
    return this;
  }

  private Generation generation() {
    List<FleetTenant> tenants = new ArrayList<>();
    rings.forEach((name, ring) -> tenants.add(new FleetTenant(name, name, ring)));
    Map<String, List<String>> homes = new HashMap<>();
    files.keySet().forEach(path -> homes.put(path, List.of(path.replaceAll("shops/|\\.yaml", ""))));
    return new Generation(
        List.of(
            new GeneratedDefinition("shops", "Shops", 1, 0, List.of(), List.of(), tenants, homes)),
        Texts.of(files),
        List.of(),
        Optional.empty(),
        List.of(),
        "1");
  }

  private Path folder() {
    return project.resolve("manifests");
  }

  private OutputPlan plan() {
    return OutputFolder.at(folder(), project).plan(files);
  }

  private FleetChangesTest written() {
    plan().write();
    rings.clear();
    files.clear();
    return this;
  }

  private Removal removal() {
    return Removal.of(generation(), plan(), folder());
  }

  private List<String> lines() {
    return new FleetChanges(generation(), plan(), removal()).lines();
  }

  @Test
  void aChangeOfTheCanaryIsSeenToReachNobodyElse() {
    with("mail", "canary", "1")
        .with("tax", "canary", "1")
        .with("shop", "", "1")
        .with("cart", "", "1");
    written();
    with("mail", "canary", "2")
        .with("tax", "canary", "2")
        .with("shop", "", "1")
        .with("cart", "", "1");

    assertThat(lines())
        .containsExactly(
            "shops, ring canary: 2 tenants change (mail, tax)",
            "shops, all others: 2 tenants unchanged");
  }

  @Test
  void whoAppearsWhoGoesAndWhatIsOfNoOneTenantIsSaidToo() {
    with("mail", "canary", "1")
        .with("shop", "", "1")
        .with("cart", "", "1")
        .file("istio-system", "1");
    written();
    with("mail", "", "1")
        .with("shop", "", "2")
        .with("till", "early", "1")
        .file("istio-system", "2");

    assertThat(lines())
        .containsExactly(
            "shops, no ring: 1 tenant changes (shop)",
            "shops, ring early: 1 tenant appears (till)",
            "shops, no one tenant's: 1 file changes (shops/istio-system.yaml)",
            "shops, all others: 1 tenant unchanged",
            "1 namespace goes (cart)");
  }

  @Test
  void namesAreTheFirstTen() {
    tenants(0, 13);

    assertThat(lines())
        .containsExactly(
            "shops, no ring: 13 tenants appear (t00, t01, t02, t03, t04, t05, t06, t07, t08, t09 and 3 more)");
  }

  @Test
  void nothingIsSaidWhereNothingChanges() {
    tenants(0, 3).written().tenants(0, 3);

    assertThat(lines()).isEmpty();
  }

  @Test
  void halfOfTheTenantsDoNotGoUnasked() {
    tenants(0, 20).written().tenants(0, 10);
    Removal removal = removal();

    assertThat(removal.asked()).isEqualTo(" -Distio-egress.removeTenants=10");
    assertThatThrownBy(() -> removal.orRefuse("manifests", 0))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "manifests: nothing written, 10 of 20 namespaces would be removed (t10, t11, t12, t13,"
                + " t14, t15, t16, t17, t18, t19): check the tenants files, or, if they are to go,"
                + " say -Distio-egress.removeTenants=10");
    assertThatThrownBy(() -> removal.orRefuse("manifests", 11))
        .isInstanceOf(RefusedException.class);
    assertThatCode(() -> removal.orRefuse("manifests", 10)).doesNotThrowAnyException();
    assertThatThrownBy(new Drift(plan(), "manifests", removal.asked())::orRefuse)
        .hasMessageEndingWith(
            "repair with: mvn istio-egress:generate -Distio-egress.removeTenants=10");
  }

  @Test
  void aFewGoAndSoDoesLessThanHalf() {
    tenants(0, 20).written().tenants(0, 11);
    assertThat(removal().asked()).isEmpty();

    tenants(0, 20).written().tenants(0, 0);
    assertThat(removal().asked()).endsWith("=20");
  }

  @Test
  void threeOfThreeAreFew() {
    tenants(0, 3).written();

    assertThat(removal().gone()).containsExactly("t00", "t01", "t02");
    assertThat(removal().asked()).isEmpty();
  }

  @Test
  void aTenantWhoseFilesAreOnlyNamedAnewDoesNotGo() {
    tenants(0, 8).written().tenants(0, 8);
    SortedMap<String, String> moved = new TreeMap<>();
    files.forEach((path, text) -> moved.put(path.replace("shops/", "shops/all-"), text));
    Map<String, List<String>> homes = new HashMap<>();
    moved.keySet().forEach(p -> homes.put(p, List.of(p.replaceAll("shops/all-|\\.yaml", ""))));
    Generation generation =
        new Generation(
            List.of(
                new GeneratedDefinition(
                    "shops", "Shops", 1, 0, List.of(), List.of(), List.of(), homes)),
            Texts.of(moved),
            List.of(),
            Optional.empty(),
            List.of(),
            "1");
    OutputPlan plan = OutputFolder.at(folder(), project).plan(moved);

    Removal removal = Removal.of(generation, plan, folder());
    assertThat(removal.gone()).isEmpty();
    assertThat(removal.thinned()).hasSize(8);
  }
}
