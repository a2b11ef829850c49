package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Compiled;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {

  /** The sentences that a class of a user says; its body begins on line 7. */
  private static List<EgressIntent> said(String body) {
    Compiled compiled =
        Compiled.of(
            "com.acme.News",
            """
            package com.acme;
            import io.github.istioegress.dsl.*;
            import io.github.istioegress.intent.*;
            import java.util.*;
            import java.util.stream.*;
            class News implements java.util.function.Supplier<List<EgressIntent>> {
            %s
            }
            """
                .formatted(body));
    assertThat(compiled.mistakes()).isEmpty();
    return ((List<?>) compiled.supplier().get()).stream().map(EgressIntent.class::cast).toList();
  }

  @Test
  void aSentenceKnowsTheLineItBeginsOn() {
    Origin origin =
        said("""
            public List<EgressIntent> get() {
              return List.of(
                Egress.to("a.example")
                  .port(80)
                  .direct()
                  .named("x"));
            }
            """)
            .get(0)
            .origin();
    assertThat(origin.isKnown()).isTrue();
    assertThat(origin.className()).isEqualTo("com.acme.News");
    assertThat(origin.line()).isEqualTo(9);
    assertThat(origin.place()).isEqualTo("com.acme.News(News.java:9)");
    assertThat(origin).hasToString("com.acme.News:9");
  }

  @Test
  void aLambdaIsALineOfTheUser() {
    assertThat(
            said(
                """
                public List<EgressIntent> get() {
                  return Stream.of("a.example", "b.example")
                    .map(host -> Egress.to(host).port(80).direct())
                    .toList();
                }
                """))
        .extracting(intent -> intent.origin().line())
        .containsExactly(9, 9);
  }

  @Test
  void aMethodReferenceInAStreamIsALineOfTheUserAndNotOfJava() {
    assertThat(
            said(
                """
                public List<EgressIntent> get() {
                  return Stream.of("a.example", "b.example")
                    .map(Egress::to)
                    .map(to -> to.port(80).direct())
                    .toList();
                }
                """))
        .extracting(intent -> intent.origin().className())
        .containsOnly("com.acme.News");
  }

  @Test
  void aHelperOfTheUserIsWhereItIsSaid() {
    assertThat(
            said(
                """
                private static EgressIntent through(String host) {
                  return Egress.to(host).port(80).direct();
                }
                public List<EgressIntent> get() {
                  return List.of(through("a.example"));
                }
                """))
        .extracting(intent -> intent.origin().toString())
        .containsExactly("com.acme.News:8");
  }

  @Test
  void aKeptBeginningKnowsItsOwnLine() {
    assertThat(
            said(
                """
                public List<EgressIntent> get() {
                  Egress.To kept = Egress.to("a.example");
                  return List.of(
                    kept.port(80).direct(),
                    kept.port(443).direct());
                }
                """))
        .extracting(intent -> intent.origin().line())
        .containsExactly(8, 8);
  }

  @Test
  void everyOriginEqualsEveryOther() {
    Origin here =
        said("""
            public List<EgressIntent> get() { return List.of(Egress.to("a.example").port(80).direct()); }
            """)
            .get(0)
            .origin();
    assertThat(here).isEqualTo(Origin.unknown()).hasSameHashCodeAs(Origin.unknown());
    assertThat(here).isNotEqualTo("com.acme.News:7");
  }

  @Test
  void whereNobodyKnowsThePlaceSaysSo() {
    assertThat(Origin.unknown().isKnown()).isFalse();
    assertThat(Origin.unknown().place()).isEqualTo("unknown line");
    assertThat(Origin.unknown()).hasToString("");
    assertThat(Origin.unknown().className()).isEmpty();
    assertThat(Origin.unknown().line()).isZero();
  }
}
