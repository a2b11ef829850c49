package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;

/** 9xx: what is wrong with the input, or with the files that were generated. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum InputCode implements FindingCode {
  /** Text that no YAML reader takes. */
  NOT_YAML(
      error(
              "EGR901",
              "not YAML",
              "The text is not YAML: %s",
              "Correct it; nothing from here to the end of the file was read")
          .ofReader()),
  /** A value of another type, outside the range or not of the enumeration. */
  WRONG_TYPE(
      error("EGR902", "wrong type, range or enumeration", "%s has %s in %s", "Write %4$s")
          .ofReader()),
  /** A bare word that readers of YAML 1.1 and of YAML 1.2 take for different things. */
  AMBIGUOUS_SCALAR(
      error(
              "EGR903",
              "scalar that YAML 1.1 and 1.2 read differently",
              "%s has the bare %s in %s, which some readers of YAML take for no string",
              "Put it in quotes: \"%2$s\"")
          .ofReader()),
  /** A key that stands twice in one mapping. */
  REPEATED_KEY(
      error(
              "EGR904",
              "repeated key",
              "The key %s stands here and before at line %s",
              "Keep one of the two; the first was taken")
          .ofReader()),
  /** Input beyond what a manifest may be. */
  OVER_LIMIT(
      error(
              "EGR905",
              "size, depth or alias limit",
              "The input has %s, the limit is %s",
              "Split the input")
          .ofReader()),
  /** An alias or a merge key, which would make one text mean many. */
  ALIAS(
      error("EGR906", "alias or merge key", "The %s is not followed", "Write out what it refers to")
          .ofReader()),
  /** An explicit tag, which could name a type to load. */
  TAG(
      error("EGR907", "tag", "The tag %s is not followed", "Write the value without tag")
          .ofReader()),
  /** Bytes that are no text. */
  CONTROL_CHARACTER(
      error(
              "EGR908",
              "encoding or control character",
              "The text holds the character %s, which YAML does not allow or which comes of a wrong"
                  + " encoding",
              "Save the file as UTF-8 without control characters")
          .ofReader()),
  /** Input without a single resource. */
  NOTHING_TO_READ(
      error(
              "EGR909",
              "nothing to read",
              "%s no resource: no document with apiVersion and kind",
              "Check that this is the file or folder that was meant")
          .ofReader()),
  /** A name that would lead out of the output folder, or that some systems cannot store. */
  NAME_LEAVES_FOLDER(
      error(
              "EGR910",
              "name leaves the output folder or is not a portable file name",
              "The file name '%s' cannot be used: %s",
              "Choose a name of letters, digits, dots and dashes")
          .ofOutputFiles()),
  /** Two names that become one file. */
  NAMES_COLLIDE(
      error(
              "EGR914",
              "two names become one",
              "The file names '%s' and '%s' are one on systems that do not tell upper from lower case, or"
                  + " one is a folder of the other",
              "Rename one of them")
          .ofOutputFiles()),
  /** A generated file that somebody changed. */
  EDITED_BY_HAND(
      error(
              "EGR920",
              "output edited by hand",
              "The file is not as it was generated. What writing it again would change:%n%s",
              "Say the change in Java, or undo it; then delete the file and generate again")
          .ofOutputFiles()),
  /** A file in the way that was not generated here. */
  FOREIGN_OUTPUT(
      error(
              "EGR921",
              "output of another module or tool",
              "%s stands where %s is to be written, and was not generated from here",
              "Move it away, or choose another output folder")
          .ofOutputFiles()),
  /** The list of what was generated is lost. */
  INVENTORY_DAMAGED(
      error(
              "EGR922",
              "inventory missing or damaged",
              "The inventory %s %s, so nobody can tell which files were generated",
              "Restore it from version control, or delete the generated files and generate again; nothing"
                  + " was changed")
          .ofOutputFiles()),
  /** An output path that is not a plain folder of its own. */
  OUTPUT_PATH(
      error(
              "EGR923",
              "output path is a link or leaves the project",
              "The output path %s %s",
              "Choose a folder of its own inside the project")
          .ofOutputFiles());

  private final CatalogueEntry entry;

  InputCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
