package io.github.istioegress.finding;

import java.util.Arrays;
import java.util.Optional;

/** The catalogue: what can be wrong, by number. A number is never used for something else. */
public enum FindingCode {
  /** A field that is not known, or that would be lost. */
  UNKNOWN_FIELD(
      "EGR703", Severity.WARNING, "unknown field", "%1$s has the field %2$s, which %3$s", "%4$s"),
  /** Two documents for one resource. */
  DUPLICATE_RESOURCE(
      "EGR704",
      Severity.ERROR,
      "two documents for one resource",
      "%s stands here and at %s",
      "Keep one of the two documents"),
  /** Text that no YAML reader takes. */
  NOT_YAML(
      "EGR901",
      Severity.ERROR,
      "not YAML",
      "The text is not YAML: %s",
      "Correct it; nothing from here to the end of the file was read"),
  /** A value of another type, outside the range or not of the enumeration. */
  WRONG_TYPE(
      "EGR902",
      Severity.ERROR,
      "wrong type, range or enumeration",
      "%s has %s in %s",
      "Write %4$s"),
  /** A bare word that readers of YAML 1.1 and of YAML 1.2 take for different things. */
  AMBIGUOUS_SCALAR(
      "EGR903",
      Severity.ERROR,
      "scalar that YAML 1.1 and 1.2 read differently",
      "%s has the bare %s in %s, which some readers of YAML take for no string",
      "Put it in quotes: \"%2$s\""),
  /** A key that stands twice in one mapping. */
  REPEATED_KEY(
      "EGR904",
      Severity.ERROR,
      "repeated key",
      "The key %s stands here and before at line %s",
      "Keep one of the two; the first was taken"),
  /** Input beyond what a manifest may be. */
  OVER_LIMIT(
      "EGR905",
      Severity.ERROR,
      "size, depth or alias limit",
      "The input has %s, the limit is %s",
      "Split the input"),
  /** An alias or a merge key, which would make one text mean many. */
  ALIAS(
      "EGR906",
      Severity.ERROR,
      "alias or merge key",
      "The %s is not followed",
      "Write out what it refers to"),
  /** An explicit tag, which could name a type to load. */
  TAG("EGR907", Severity.ERROR, "tag", "The tag %s is not followed", "Write the value without tag"),
  /** Bytes that are no text. */
  CONTROL_CHARACTER(
      "EGR908",
      Severity.ERROR,
      "encoding or control character",
      "The text holds the character %s, which YAML does not allow or which comes of a wrong"
          + " encoding",
      "Save the file as UTF-8 without control characters"),
  /** Input without a single resource. */
  NOTHING_TO_READ(
      "EGR909",
      Severity.ERROR,
      "nothing to read",
      "%s no resource: no document with apiVersion and kind",
      "Check that this is the file or folder that was meant"),
  /** A name that would lead out of the output folder, or that some systems cannot store. */
  NAME_LEAVES_FOLDER(
      "EGR910",
      Severity.ERROR,
      "name leaves the output folder or is not a portable file name",
      "The file name '%s' cannot be used: %s",
      "Choose a name of letters, digits, dots and dashes"),
  /** Two names that become one file. */
  NAMES_COLLIDE(
      "EGR914",
      Severity.ERROR,
      "two names become one",
      "The file names '%s' and '%s' are one on systems that do not tell upper from lower case, or"
          + " one is a folder of the other",
      "Rename one of them"),
  /** A generated file that somebody changed. */
  EDITED_BY_HAND(
      "EGR920",
      Severity.ERROR,
      "output edited by hand",
      "The file is not as it was generated. What writing it again would change:%n%s",
      "Say the change in Java, or undo it; then delete the file and generate again"),
  /** A file in the way that was not generated here. */
  FOREIGN_OUTPUT(
      "EGR921",
      Severity.ERROR,
      "output of another module or tool",
      "%s stands where %s is to be written, and was not generated from here",
      "Move it away, or choose another output folder"),
  /** The list of what was generated is lost. */
  INVENTORY_DAMAGED(
      "EGR922",
      Severity.ERROR,
      "inventory missing or damaged",
      "The inventory %s %s, so nobody can tell which files were generated",
      "Restore it from version control, or delete the generated files and generate again; nothing"
          + " was changed"),
  /** An output path that is not a plain folder of its own. */
  OUTPUT_PATH(
      "EGR923",
      Severity.ERROR,
      "output path is a link or leaves the project",
      "The output path %s %s",
      "Choose a folder of its own inside the project");

  private static final int LONGEST_ARGUMENT = 2_000;

  private final String code;
  private final Severity severity;
  private final String title;
  private final String message;
  private final String remedy;

  FindingCode(String code, Severity severity, String title, String message, String remedy) {
    this.code = code;
    this.severity = severity;
    this.title = title;
    this.message = message;
    this.remedy = remedy;
  }

  /** The constant of a code as people write it, {@code EGR904}. */
  public static Optional<FindingCode> of(String code) {
    return Arrays.stream(values()).filter(known -> known.code.equals(code)).findFirst();
  }

  /** The code as people write it, {@code EGR904}. */
  public String code() {
    return code;
  }

  /** How grave it is unless the context says otherwise. */
  public Severity severity() {
    return severity;
  }

  /** What it is about, in a few words. */
  public String title() {
    return title;
  }

  /**
   * A finding of this code.
   *
   * @param location where it stands
   * @param args what fills the templates of message and remedy, which count them alike
   */
  public Finding at(Location location, Object... args) {
    Object[] shown = Arrays.stream(args).map(FindingCode::shown).toArray();
    return new Finding(this, severity, message.formatted(shown), remedy.formatted(shown), location);
  }

  /** Input may be hostile: no control character reaches a terminal, and no message is a flood. */
  private static String shown(Object argument) {
    String text = String.valueOf(argument);
    boolean cut = text.length() > LONGEST_ARGUMENT;
    StringBuilder plain = new StringBuilder();
    text.chars()
        .limit(LONGEST_ARGUMENT)
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                plain.append("\\u%04x".formatted(c));
              } else {
                plain.append((char) c);
              }
            });
    return cut ? plain.append("...").toString() : plain.toString();
  }
}
