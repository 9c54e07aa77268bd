using System.Text;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Clinic.Tests.Conformance;

/// <summary>Values that an element must not have, or that disagree with the rest of its object, by VR.</summary>
internal static class ValueDefects
{
    /// <summary>Beyond this a value is pixels, and the object would be written out again for each defect.</summary>
    private const int LongestValue = 1 << 20;

    public static IEnumerable<(string Kind, byte[] Bytes)> Of(DicomElement element)
    {
        if (element.Length > LongestValue)
        {
            return [];
        }

        using var stream = element.OpenRead();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var now = copy.ToArray();
        return element.VR.IsText
            ? OfText(element.VR.Code, now)
            : OfNumbers(element.VR.Code, element.VR.UnitBytes, now);
    }

    private static IEnumerable<(string Kind, byte[] Bytes)> OfText(string vr, byte[] now) => vr switch
    {
        "CS" => [
            ("other term", Text("XYZZY")), ("small letters", Text("abc")), ("long", Text("ABCDEFGHIJKLMNOPQR")), ("two", Text("ONE\\TWO")),
            ("zeros behind", [.. now, 0, 0]), ("first alone", Text(Encoding.ASCII.GetString(now).Split('\\')[0].Trim()))],
        "DA" => [
            ("no month", Text("20261301")), ("dashes", Text("2026-1-1")), ("range", Text("20260101-20260102")),
            ("dots", Text("2026.01.01")), ("short", Text("202601"))],
        "TM" => [("no hour", Text("256000")), ("colons", Text("10:15:00")), ("short", Text("1")), ("long", Text("101500.1234567"))],
        "DT" => [("no month", Text("20261301000000")), ("dashes", Text("2026-01-01T10:00")), ("long", Text("20260101101010.1234567"))],
        "DS" => [
            ("letters", Text("abc")), ("long", Text("0.74299997091293312")), ("seven", Text("1\\2\\3\\4\\5\\6\\7")), ("zero", Text("0")),
            ("comma", Text("1,5")), ("negative", Text("-1"))],
        "IS" => [
            ("letters", Text("abc")), ("fraction", Text("1.5")), ("big", Text("99999999999")), ("two", Text("1\\2")), ("zero", Text("0")),
            ("other number", Text("7")), ("negative", Text("-1"))],
        "UI" => [
            ("of a service", Text("1.2.840.10008.1.1", '\0')), ("other", Text("1.2.3.4", '\0')), ("leading zero", Text("1.02.3", '\0')),
            ("letters", Text("1.2.a", '\0')), ("long", Text("1.2." + new string('3', 70), '\0')), ("dot behind", Text("1.2.3.", '\0')),
            ("space behind", Text("1.2.3.45")), ("two", Text("1.2.3\\1.2.4", '\0'))],
        "PN" => [
            ("groups", Text("A^B=C=D=E")), ("components", Text("A^B^C^D^E^F^G")), ("tab", Text("A\tB")), ("long", Text(new string('A', 70)))],
        "SH" or "LO" => [
            ("long", Text(new string('A', 70))), ("two", Text("A\\B")), ("line break", Text("A\nB")), ("zeros behind", Text("AB\0\0")),
            ("other", Text("XYZZY"))],
        "ST" => [("long", Text(new string('A', 1100))), ("control", Text("A\u0001B")), ("zeros behind", Text("AB\0\0"))],
        "LT" => [("long", Text(new string('A', 10300))), ("control", Text("A\u0001B"))],
        "UT" => [("control", Text("A\u0001B"))],
        "AS" => [("short", Text("56Y")), ("no unit", Text("056X"))],
        "AE" => [("long", Text(new string('A', 18)))],
        _ => [],
    };

    private static IEnumerable<(string Kind, byte[] Bytes)> OfNumbers(string vr, int unit, byte[] now)
    {
        if (vr is "OB" or "OW" or "OF" or "OD" or "UN")
        {
            return [("half", now[..((now.Length / 2) & ~7)]), ("longer", [.. now, 0, 0, 0, 0])];
        }

        if (vr == "AT")
        {
            return [("other", [0x10, 0, 0x10, 0]), ("two", [.. now, .. now])];
        }

        var (zero, one, seven) = (new byte[unit], new byte[unit], new byte[unit]);
        (one[0], seven[0]) = (1, 7);
        var most = Enumerable.Repeat((byte)255, unit).ToArray();
        return [
            ("zero", zero), ("one", one), ("other number", seven), ("most", most), ("doubled", [.. now, .. now]), ("first alone", now[..unit])];
    }

    /// <summary>Padded to an even length, as it is written.</summary>
    private static byte[] Text(string value, char padding = ' ') =>
        Encoding.ASCII.GetBytes(value.Length % 2 == 1 ? value + padding : value);
}
