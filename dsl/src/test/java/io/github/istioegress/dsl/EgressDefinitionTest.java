package io.github.istioegress.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressDefinitionTest {

  @ParameterizedTest
  @CsvSource({
    "CnnEgress,cnn",
    "CnnNewsEgress,cnn-news",
    "CnnDefinition,cnn",
    "CnnEgressDefinition,cnn",
    "CnnExample,cnn",
    "CnnEgressExample,cnn-egress",
    "Cnn,cnn",
    "Egress,egress",
    "Definition,definition",
    "EgressDefinition,egress",
    "EgressGatewayExample,egress-gateway",
    "EgressFromShop,egress-from-shop",
    "CNNEgress,cnn",
    "CNNNewsEgress,cnn-news",
    "HTTPProxyEgress,http-proxy",
    "Cnn2NewsEgress,cnn2-news",
    "S3Egress,s3",
    "Istio17Egress,istio17",
    "Cnn_NewsEgress,cnn-news",
    "cnnEgress,cnn",
    "Egresses,egresses",
    "A,a",
    "AB,ab",
    "ABc,a-bc",
    "Team$Egress,team-"
  })
  void theNameIsTheClassInWords(String className, String name) {
    Compiled compiled =
        Compiled.of(
            "com.acme." + className,
            """
            package com.acme;
            class %s implements io.github.istioegress.dsl.EgressDefinition,
                java.util.function.Supplier<String> {
              public io.github.istioegress.intent.EgressPlan define() { throw new AssertionError(); }
              public String get() { return name(); }
            }
            """
                .formatted(className));
    assertThat(compiled.mistakes()).isEmpty();
    Supplier<?> definition = compiled.supplier();
    assertThat(definition.get()).isEqualTo(name);
  }

  @Test
  void aNestedClassHasItsOwnName() {
    assertThat(new NestedNewsEgress().name()).isEqualTo("nested-news");
  }

  @Test
  void theNameMayBeAnother() {
    EgressDefinition renamed =
        new EgressDefinition() {
          @Override
          public EgressPlan define() {
            return EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
          }

          @Override
          public String name() {
            return "egress-of-the-shop";
          }
        };
    assertThat(renamed.name()).isEqualTo("egress-of-the-shop");
    assertThat(renamed.define().isEmpty()).isTrue();
  }

  private static final class NestedNewsEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
    }
  }
}
