package io.github.istioegress.maven.constants;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.istioegress.fleet.FleetNames;
import io.github.istioegress.fleet.FleetNames.Kind;
import io.github.istioegress.maven.constants.Constants.Constant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;

/**
 * The Java files for the names of a fleet: {@code FleetTenants.SHOP}, {@code
 * FleetHosts.API_STRIPE_COM}, {@code FleetDestinations.Shop.API_STRIPE_COM}, {@code
 * FleetRings.CANARY}.
 *
 * @param files text by path below the source root
 * @param warnings names that have no constant, each with its line
 */
public record ConstantSources(SortedMap<String, String> files, List<String> warnings) {

  /** How each file begins; what does not begin so is nobody's to remove. */
  static final String MARK = "// Made by istio-egress:generate-sources from tenants files";

  /** A class initializer ends at 64 KiB, which some five thousand constants fill. */
  private static final int MOST_OF_A_CLASS = 1000;

  private static final String DSL = "io.github.istioegress.";
  private static final TypeName TEXT = ClassName.get(String.class);
  private static final TypeName TENANT = ClassName.get(DSL + "fleet", "TenantName");
  private static final TypeName HOST = ClassName.get(DSL + "intent", "ExternalHost");

  /** Freezes both. */
  public ConstantSources {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    warnings = List.copyOf(warnings);
  }

  /**
   * Writes the files.
   *
   * @param packageName their package
   * @throws IllegalArgumentException when there is no such package
   */
  public static ConstantSources of(String packageName, FleetNames names) {
    if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new IllegalArgumentException(
          "package '%s' is none of Java's: say istio-egress.packageName, such as com.acme.egress"
              .formatted(packageName));
    }
    Writer writer = new Writer(packageName);
    writer.names(names, Kind.TENANT, "FleetTenants", "tenant", TENANT);
    writer.names(names, Kind.HOST, "FleetHosts", "host", HOST);
    writer.names(names, Kind.GROUP, "FleetGroups", "group", TEXT);
    writer.names(names, Kind.RING, "FleetRings", "ring", TEXT);
    writer.names(names, Kind.PROFILE, "FleetProfiles", "profile", TEXT);
    writer.names(names, Kind.VALUE, "FleetValues", "value", TEXT);
    writer.destinations(names);
    return new ConstantSources(writer.files, writer.warnings);
  }

  private static final class Writer {
    private final String packageName;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    Writer(String packageName) {
      this.packageName = packageName;
    }

    void names(FleetNames names, Kind kind, String type, String what, TypeName of) {
      Constants constants = Constants.of(what, names.all(kind));
      warnings.addAll(constants.warnings());
      write(
          type,
          "The %ss of the tenants files.".formatted(what),
          constants.all(),
          (constant, into) -> into.addField(field(what, constant, of)));
    }

    void destinations(FleetNames names) {
      Constants tenants = new Constants("tenant", Identifiers::type);
      names.all(Kind.TENANT).forEach((name, place) -> tenants.add(name, name, place));
      warnings.addAll(tenants.warnings());
      SortedMap<String, List<FleetNames.Destination>> all = names.destinations();
      write(
          "FleetDestinations",
          "What each tenant may reach, whichever profile holds.",
          tenants.all().stream()
              .filter(one -> !all.getOrDefault(one.name(), List.of()).isEmpty())
              .toList(),
          (tenant, into) ->
              into.addType(destinations(tenant, all.getOrDefault(tenant.name(), List.of()))));
    }

    private TypeSpec destinations(Constant tenant, List<FleetNames.Destination> all) {
      Constants constants = new Constants("destination of " + tenant.name(), Identifiers::constant);
      all.forEach(one -> constants.add(one.name(), one.host(), one.place()));
      warnings.addAll(constants.warnings());
      // A class may not have the name of one that it lies in.
      String name =
          tenant.identifier().toLowerCase(Locale.ROOT).startsWith("fleetdestinations")
              ? tenant.identifier() + "_"
              : tenant.identifier();
      TypeSpec.Builder type =
          TypeSpec.classBuilder(name)
              .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
              .addJavadoc("What tenant {@code $L} may reach.\n", tenant.name())
              .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
      constants.all().forEach(one -> type.addField(field("host", one, HOST)));
      return type.build();
    }

    /** One class, or, of many constants, a class that has the rest from those it extends. */
    private void write(
        String type,
        String sentence,
        List<Constant> constants,
        BiConsumer<Constant, TypeSpec.Builder> add) {
      int parts = (constants.size() + MOST_OF_A_CLASS - 1) / MOST_OF_A_CLASS;
      for (int part = 0; part < parts; part++) {
        TypeSpec.Builder made =
            part == 0
                ? TypeSpec.classBuilder(type).addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                : TypeSpec.classBuilder(type + "Part" + part)
                    .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT);
        made.addJavadoc("$L\n", sentence)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(part == 0 ? List.of(Modifier.PRIVATE) : List.of())
                    .build());
        if (part + 1 < parts) {
          made.superclass(ClassName.get(packageName, type + "Part" + (part + 1)));
        }
        constants
            .subList(
                part * MOST_OF_A_CLASS, Math.min(constants.size(), (part + 1) * MOST_OF_A_CLASS))
            .forEach(one -> add.accept(one, made));
        put(made.build());
      }
    }

    private void put(TypeSpec type) {
      String text =
          JavaFile.builder(packageName, type)
              .skipJavaLangImports(true)
              .indent("  ")
              .build()
              .toString();
      files.put(
          packageName.replace('.', '/') + "/" + type.name() + ".java", ascii(MARK + "\n" + text));
    }

    private static FieldSpec field(String what, Constant constant, TypeName type) {
      return FieldSpec.builder(
              type, constant.identifier(), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
          .addJavadoc(
              "$L $L, $L.\n",
              Character.toUpperCase(what.charAt(0)) + what.substring(1),
              code(constant.value()),
              code(constant.place()))
          .initializer(
              type.equals(TEXT)
                  ? CodeBlock.of("$S", constant.value())
                  : CodeBlock.of("new $T($S)", type, constant.value()))
          .build();
    }

    /** A text that ends no comment and is no tag of one. */
    private static String code(String text) {
      return text.codePoints()
          .mapToObj(
              c ->
                  (c < 128 && Character.isLetterOrDigit(c)) || "-_./: ".indexOf(c) >= 0
                      ? Character.toString(c)
                      : "&#" + c + ";")
          .collect(Collectors.joining());
    }

    /** The encoding that the module is compiled with is not ours to know. */
    private static String ascii(String text) {
      return text.chars()
          .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
          .collect(Collectors.joining());
    }
  }
}
