package io.github.istioegress.maven.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.importer.ImportedDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Waypoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;

/** Writes definitions that were recognized as the Java that their team would have written. */
public final class DslSourceWriter {

  private static final String SHARED = "EgressGateways";

  /** A method ends at 64 KiB, which about a thousand sentences fill. */
  private static final int MOST_OF_A_METHOD = 200;

  private final String packageName;
  private final Map<EgressGateway, Integer> users = new HashMap<>();
  private final Map<EgressGateway, String> constants = new HashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of(SHARED.toLowerCase(Locale.ROOT)));
  private final List<WrittenClass> written = new ArrayList<>();

  private DslSourceWriter(String packageName) {
    this.packageName = packageName;
  }

  /**
   * Writes a class for each definition, and one for the gateways that several share.
   *
   * @param packageName their package
   * @throws IllegalArgumentException when there is no such package, or a sentence cannot be written
   */
  public static List<WrittenClass> write(String packageName, List<ImportedDefinition> definitions) {
    if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new IllegalArgumentException(
          "package '%s' is none of Java's: say istio-egress.packageName, such as com.acme.egress"
              .formatted(packageName));
    }
    DslSourceWriter writer = new DslSourceWriter(packageName);
    definitions.forEach(writer::count);
    definitions.forEach(writer::definition);
    writer.shared();
    return List.copyOf(writer.written);
  }

  private void count(ImportedDefinition definition) {
    for (EgressGateway gateway : definition.plan().gateways()) {
      users.merge(gateway, 1, Integer::sum);
      if (!constants.containsKey(gateway)) {
        String name = GatewayWords.constant(gateway);
        String free = name;
        for (int i = 2; constants.containsValue(free); i++) {
          free = name + "_" + i;
        }
        constants.put(gateway, free);
      }
    }
  }

  private boolean isShared(EgressGateway gateway) {
    return users.getOrDefault(gateway, 0) > 1;
  }

  private CodeBlock reference(EgressGateway gateway) {
    String constant = String.valueOf(constants.get(gateway));
    return isShared(gateway)
        ? Code.of("$T.$L", ClassName.get(packageName, SHARED), constant)
        : Code.of("$L", constant);
  }

  private void definition(ImportedDefinition definition) {
    EgressPlan plan = definition.plan();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name(definition.namespaces()))
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(EgressDefinition.class)
            .addJavadoc(
                "What $L may reach.\n",
                definition.namespaces().stream()
                    .map(name -> "{@code " + name + "}")
                    .collect(Collectors.joining(", ")));
    for (EgressGateway gateway : plan.gateways()) {
      if (!isShared(gateway)) {
        type.addField(field(gateway, Modifier.PRIVATE));
      }
    }
    Set<Waypoint> waypoints = new LinkedHashSet<>();
    plan.namespaces().stream()
        .flatMap(said -> said.intents().stream())
        .forEach(intent -> intent.path().waypoint().ifPresent(waypoints::add));
    List<Waypoint> ordered = List.copyOf(waypoints);
    SentenceWords sentences =
        new SentenceWords(this::reference, one -> variable(ordered.indexOf(one)));
    MethodSpec.Builder define =
        MethodSpec.methodBuilder("define")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .returns(EgressPlan.class)
            .addStatement("var mesh = $L", MeshWords.mesh(plan.mesh()));
    for (Waypoint waypoint : ordered) {
      define.addStatement(
          "$L",
          Code.of(
              "var $L = $T.in($S).named($S).on(mesh)",
              variable(ordered.indexOf(waypoint)),
              Waypoint.class,
              waypoint.namespace(),
              waypoint.name()));
    }
    definition.comments().forEach(comment -> define.addCode(Code.comment(comment)));
    CodeBlock.Builder statement = CodeBlock.builder().add("return $T.on(mesh)", EgressPlan.class);
    plan.deployments()
        .forEach(
            one ->
                statement.add(
                    "\n.deploying($L)", GatewayWords.deployment(one, reference(one.gateway()))));
    plan.logged().forEach(gateway -> statement.add("\n.accessLog($L)", reference(gateway)));
    for (NamespaceEgress said : plan.namespaces()) {
      statement.add("\n.namespace($>$>\n$L", MeshWords.namespace(said.namespace()));
      List<EgressIntent> intents = said.intents();
      if (intents.size() <= MOST_OF_A_METHOD || !ordered.isEmpty()) {
        intents.forEach(intent -> statement.add(",\n$L", sentences.of(intent)));
      } else {
        statement.add(",\n$L", parts(intents, sentences, type));
      }
      statement.add(")$<$<");
    }
    define.addStatement("$L", statement.build());
    put(type.addMethod(define.build()).build(), definition);
  }

  private static CodeBlock variable(int index) {
    return Code.of(index == 0 ? "waypoint" : "waypoint" + (index + 1));
  }

  /** Methods with some of the sentences each, and the list of all. */
  private static CodeBlock parts(
      List<EgressIntent> intents, SentenceWords sentences, TypeSpec.Builder type) {
    List<CodeBlock> calls = new ArrayList<>();
    for (int from = 0; from < intents.size(); from += MOST_OF_A_METHOD) {
      List<EgressIntent> some =
          intents.subList(from, Math.min(intents.size(), from + MOST_OF_A_METHOD));
      String name = "part" + type.build().methodSpecs().size();
      type.addMethod(
          MethodSpec.methodBuilder(name)
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
              .returns(ParameterizedTypeName.get(List.class, EgressIntent.class))
              .addStatement(
                  "return $T.of($>$>\n$L)$<$<",
                  List.class,
                  CodeBlock.join(some.stream().map(sentences::of).toList(), ",\n"))
              .build());
      calls.add(Code.of("$L()", name));
    }
    return Code.of(
        "$T.of($L).flatMap($T::stream).toList()",
        java.util.stream.Stream.class,
        CodeBlock.join(calls, ", "),
        List.class);
  }

  private FieldSpec field(EgressGateway gateway, Modifier... visible) {
    return FieldSpec.builder(EgressGateway.class, String.valueOf(constants.get(gateway)), visible)
        .addModifiers(Modifier.STATIC, Modifier.FINAL)
        .initializer(GatewayWords.of(gateway))
        .build();
  }

  private void shared() {
    List<EgressGateway> all =
        users.keySet().stream()
            .filter(this::isShared)
            .sorted(java.util.Comparator.comparing(EgressGateway::toString))
            .toList();
    if (!all.isEmpty()) {
      TypeSpec.Builder type =
          TypeSpec.classBuilder(SHARED)
              .addModifiers(Modifier.FINAL)
              .addJavadoc("The gateways that several definitions share.\n")
              .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
      all.forEach(gateway -> type.addField(field(gateway)));
      written.add(
          new WrittenClass(packageName, SHARED, text(type.build()), java.util.Optional.empty()));
    }
  }

  private void put(TypeSpec type, ImportedDefinition definition) {
    written.add(
        new WrittenClass(
            packageName, type.name(), text(type), java.util.Optional.of(definition.plan())));
  }

  /** {@code pay-roll} is {@code PayRollEgress}; files of some systems do not tell case. */
  private String name(List<String> namespaces) {
    String first = namespaces.isEmpty() ? "mesh" : namespaces.get(0);
    StringBuilder made = new StringBuilder();
    for (String part : first.split("-", -1)) {
      made.append(part.isEmpty() ? "_" : part.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(part.isEmpty() ? "" : part.substring(1));
    }
    if (Character.isDigit(made.charAt(0))) {
      made.insert(0, "Namespace");
    }
    String base = made + (namespaces.size() > 1 ? "AndOthersEgress" : "Egress");
    String free = base;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = base.replaceFirst("Egress$", i + "Egress");
    }
    return free;
  }

  private String text(TypeSpec type) {
    String text =
        JavaFile.builder(packageName, type)
            .skipJavaLangImports(true)
            .indent("  ")
            .build()
            .toString();
    // The encoding that the module is compiled with is not ours to know.
    return text.chars()
        .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }
}
