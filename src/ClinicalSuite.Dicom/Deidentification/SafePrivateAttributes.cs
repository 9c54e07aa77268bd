using System.Collections.Frozen;
using System.Globalization;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Private attributes that are known not to identify anybody: measured quantities that readers need (PS3.15 E.3.10).</summary>
public sealed class SafePrivateAttributes
{
    private static readonly string[] Known =
    [
        "7053|Philips PET Private Group|00 09",
        "2001|Philips Imaging DD 001|03 04",
        "2005|Philips MR Imaging DD 001|0D 0E",
        "0019|SIEMENS MR HEADER|0C 0D 0E 27",
        "00E1|ELSCINT1|21",
        "01E1|ELSCINT1|26 50",
        "01F1|ELSCINT1|01 07 26 27",
        "0019|GEMS_ACQU_01|23 24 27 9E",
        "0025|GEMS_SERS_01|07",
        "0043|GEMS_PARM_01|27 39 6F",
        "0045|GEMS_HELIOS_01|01 02",
    ];

    private readonly FrozenSet<(ushort Group, string Creator, int Element)> attributes;

    private SafePrivateAttributes(IEnumerable<(ushort, string, int)> attributes) => this.attributes = attributes.ToFrozenSet();

    /// <summary>
    /// B values and directions of diffusion, scale factors of PET and of MR, table speed, pitch and dose: numbers only, from the
    /// list of PS3.15 table E.3.10-1.
    /// </summary>
    public static SafePrivateAttributes Default { get; } = new(Parse(Known));

    /// <summary>The default ones and a site's own: lines of group, creator and elements, <c>0019|SIEMENS MR HEADER|0C 0D</c>.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read; the message has its number.</exception>
    public static SafePrivateAttributes Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new([.. Default.attributes, .. Parse(lines)]);
    }

    internal bool Contains(DicomTag tag, string creator) =>
        attributes.Contains((tag.Group, creator, tag.Element & 0xFF));

    private static IEnumerable<(ushort, string, int)> Parse(IEnumerable<string> lines)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Trim() is not { Length: > 0 } text || text[0] == '#')
            {
                continue;
            }

            var fields = text.Split('|');
            if (fields.Length != 3 || !TryHex(fields[0], 4, out var group) || (group & 1) == 0)
            {
                throw new InvalidDataException($"line {number}: group|creator|elements is expected, the group odd");
            }

            foreach (var element in fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return TryHex(element, 2, out var value)
                    ? ((ushort)group, fields[1].Trim(), value)
                    : throw new InvalidDataException($"line {number}: an element is two hexadecimal digits");
            }
        }
    }

    private static bool TryHex(string text, int digits, out int value)
    {
        value = 0;
        return text.Trim().Length == digits
            && int.TryParse(text.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
