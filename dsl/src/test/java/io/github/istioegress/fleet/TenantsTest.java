package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.manifest.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {

  private static final String TWO =
      """
      defaults:
        labels: {team: web}
        values: {size: 1, tier: basic}
        quota: {destinations: 2}
      profiles:
        production: {values: {size: 5}}
        eu: {values: {region: eu}}
      tenants:
        - name: shop
          ring: canary
          values: {tier: gold}
          destinations:
            - {host: api.stripe.com, port: 443}
          profiles:
            production:
              destinations:
                - {host: live.shop.example, port: 8443, protocol: TLS}
        - {name: cart, namespace: cart-prod, group: retail}
      """;

  private static Tenants yaml(String text, String... profiles) {
    return Tenants.read(List.of(new SourceFile("tenants.yaml", text)), profiles);
  }

  private static void assertRefused(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> yaml(text)).withMessage(message);
  }

  @Test
  void aTenantHasWhatItSaysAndTheDefaultsBelow() {
    List<Tenant> all = yaml(TWO).all();
    assertThat(all).extracting(Tenant::name).containsExactly("cart", "shop");
    assertThat(all).extracting(Tenant::namespace).containsExactly("cart-prod", "shop");
    Tenant shop = all.get(1);
    assertThat(shop.labels()).isEqualTo(Map.of("team", "web"));
    assertThat(shop.values()).isEqualTo(Map.of("size", 1, "tier", "gold"));
    assertThat(shop).hasToString("tenant shop at tenants.yaml:9");
    assertThat(shop.destinations().get(0).origin().place()).isEqualTo("tenants.yaml:13");
    assertThat(all.get(0).group()).isEqualTo("retail");
  }

  @Test
  void profilesLieOverDefaultsAndATenantsOwnOverAll() {
    Tenant shop = yaml(TWO, "production", "eu").all().get(1);
    assertThat(shop.values()).isEqualTo(Map.of("size", 5, "tier", "gold", "region", "eu"));
    assertThat(shop.destinations())
        .extracting(one -> one.host() + " " + one.port())
        .containsExactly("api.stripe.com tls(443)", "live.shop.example tls(8443)");
  }

  @Test
  void aProfileThatNoFileHasIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> yaml(TWO, "staging"))
        .withMessage("profile 'staging' is in no tenants file: they have eu, production");
  }

  @Test
  void aFileMayBeOneTenant() {
    Tenants tenants =
        Tenants.read(
            List.of(
                new SourceFile("t/all.yaml", "defaults: {ring: early}"),
                new SourceFile("t/shop.yaml", "name: shop"),
                new SourceFile("t/cart.json", "{\"name\": \"cart\"}")));
    assertThat(tenants.all()).extracting(Tenant::ring).containsExactly("early", "early");
  }

  @Test
  void aTableSaysTheSame() {
    Tenants table =
        Tenants.read(
            List.of(
                new SourceFile(
                    "tenants.csv",
                    """
                    name,labels.team,values.size,values.note,host,port,protocol,addresses
                    shop,web,3,"a, ""b""\",api.stripe.com,443,,
                    shop,,,,db.shop.example,5432,TCP,192.0.2.1 192.0.2.2
                    cart,web,,,,,,
                    """)));
    Tenants same =
        yaml(
            """
            tenants:
              - name: shop
                labels: {team: web}
                values: {size: 3, note: 'a, "b"'}
                destinations:
                  - {host: api.stripe.com, port: 443}
                  - {host: db.shop.example, port: 5432, protocol: TCP, addresses: [192.0.2.1, 192.0.2.2]}
              - {name: cart, labels: {team: web}}
            """);
    assertThat(table).isEqualTo(same);
    assertThat(table.all().get(1).destinations().get(1).origin().place())
        .isEqualTo("tenants.csv:3");
  }

  @Test
  void tenantsDoNotShareNamesOrNamespaces() {
    assertRefused(
        "tenants:\n- name: shop\n- name: shop\n",
        "tenant shop at tenants.yaml:2 and tenant shop at tenants.yaml:3 have the same name 'shop': each needs its own");
    assertRefused(
        "tenants:\n- name: shop\n- {name: evil, namespace: shop}\n",
        "tenant evil at tenants.yaml:3 and tenant shop at tenants.yaml:2 have the same namespace 'shop': each needs its own");
  }

  @Test
  void aQuotaIsHeld() {
    assertRefused(
        """
        defaults: {quota: {destinations: 1}}
        tenants:
          - name: shop
            destinations:
              - {host: a.example.com, port: 443}
              - {host: b.example.com, port: 443}
        """,
        "tenant shop at tenants.yaml:3 has 2 destinations, and its quota at tenants.yaml:1 is 1: take some out, or raise the quota");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nam: shop|t.yaml:1: a tenants file has the unknown field 'nam': the fields are defaults, profiles, tenants",
        "tenants: {}|t.yaml:1: tenants of a tenants file is a map: write a list",
        "name: 7|t.yaml:1: name of a tenant is the number 7: put it in quotes",
        "name: Shop|t.yaml:1: name 'Shop' of a tenant is not valid: use 1 to 63 lower-case letters, digits and dashes, without a dash at either end",
        "{name: shop, destinations: [{port: 80}]}|t.yaml:1: a destination of tenant shop has no host: add host: api.example.com",
        "{name: shop, destinations: [{host: a.example.com, port: 80800}]}|t.yaml:1: port 80800 of a destination of tenant shop is not valid: use a whole number from 1 to 65535",
        "{name: shop, destinations: [{host: a.example.com, port: 8080}]}|t.yaml:1: port 8080 of a destination of tenant shop does not say what is spoken there: add protocol: HTTP, HTTP2, GRPC, TLS, TCP",
        "{name: shop, destinations: [{host: 'https://a.example.com', port: 443}]}|t.yaml:1: host 'https://a.example.com' has a scheme: write the host alone: a.example.com",
        "{name: shop, destinations: [{host: istiod.istio-system.svc, port: 443}]}|t.yaml:1: host 'istiod.istio-system.svc' is a name of the cluster itself: egress is for hosts outside; Services need none",
        "{name: shop, destinations: [{host: '*.com', port: 443}]}|t.yaml:1: host '*.com' is a wildcard: name each host, or say Egress.toAnyOf in the template",
        "{name: shop, destinations: [{host: a.example.com, port: 5432, protocol: TCP}]}|t.yaml:1: a destination of tenant shop speaks TCP, and bytes name no host: add addresses: [192.0.2.10]",
        "{name: shop, destinations: [{host: a.example.com, port: 443, originateTls: 443}]}|t.yaml:1: a destination of tenant shop asks for TLS around what is no plain HTTP: leave originateTls out, or let the application speak HTTP, HTTP2 or GRPC",
        "{name: shop, values: {a: yes}}|t.yaml:1: yes is one thing to some readers of YAML and another to others: put it in quotes, or write true, false or plain digits",
        "{name: shop, values: {a: }}|t.yaml:1: a value is empty: write \"\", or leave it out",
      })
  void aFaultIsToldWithPlaceFieldValueAndRemedy(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tenants.read(List.of(new SourceFile("t.yaml", text))))
        .withMessage(message);
  }

  @Test
  void whatNoManifestMayHaveNoTenantsFileMay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> yaml("name: a\nname: b\n"))
        .withMessageContaining("tenants.yaml:2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> yaml("name: &a shop\nnamespace: *a\n"))
        .withMessageContaining("tenants.yaml:2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> yaml("name: a\n---\nname: b\n"))
        .withMessageContaining("tenants.yaml:3 begins a second document");
  }

  @Test
  void aTemplateReadsValuesByType() {
    Tenant shop = yaml(TWO).all().get(1);
    assertThat(shop.number("size")).isEqualTo(1);
    assertThat(shop.text("tier")).isEqualTo("gold");
    assertThat(shop.is("absent")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop.number("tier"))
        .withMessage(
            "tenant shop at tenants.yaml:9 has the value 'tier': gold, and its template reads a whole number there: write it under values, or under defaults for all tenants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "istio-injection",
        "istio.io/rev",
        "sidecar.istio.io/inject",
        "app.kubernetes.io/managed-by",
        "kubernetes.io/metadata.name",
        "argocd.argoproj.io/instance",
        "kustomize.toolkit.fluxcd.io/name"
      })
  void aLabelThatSteersOthersIsNotATenants(String key) {
    assertRefused(
        "tenants:\n  - name: shop\n    labels: {%s: x}\n".formatted(key),
        ("tenants.yaml:3: label '%s' of tenant shop steers Istio, the API server or a tool of"
                + " delivery (EGR514): leave it out; the platform sets it in namespaces(...) of"
                + " the fleet")
            .formatted(key));
  }
}
