import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Checks files against PDF/A-1b and prints each fault in a line: the file, the code, the words, with tabs between. */
public class Preflight {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            for (ValidationError fault : check(new PreflightParser(new File(name))).getErrorsList()) {
                System.out.println(name + "\t" + fault.getErrorCode() + "\t" + fault.getDetails());
            }
        }
    }

    private static ValidationResult check(PreflightParser parser) throws Exception {
        try {
            parser.parse();
        } catch (SyntaxValidationException refused) {
            return refused.getResult();
        }
        try (PreflightDocument document = parser.getPreflightDocument()) {
            document.validate();
            return document.getResult();
        }
    }
}
