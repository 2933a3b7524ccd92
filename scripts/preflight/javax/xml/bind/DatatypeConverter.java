package javax.xml.bind;

import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;

/** Stands in for a class that Java no longer carries, with the two methods that PDFBox asks for. */
public final class DatatypeConverter {
    public static int parseInt(String number) {
        return Integer.parseInt(number.trim());
    }

    public static Calendar parseDateTime(String moment) {
        return GregorianCalendar.from(OffsetDateTime.parse(moment).toZonedDateTime());
    }
}
