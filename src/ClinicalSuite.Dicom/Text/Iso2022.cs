using System.Text;

namespace ClinicalSuite.Dicom.Text;

/// <summary>
/// Text with code extensions (PS3.5 6.1.2.4, 6.1.2.5; Annexes H, I, J, K): escape sequences bring other character sets
/// to G0 and G1, and delimiters bring back those of the first term.
/// </summary>
internal sealed class Iso2022
{
    private const byte Escape = 0x1B;

    private readonly CodeElement initialG0;
    private readonly CodeElement? initialG1;
    private readonly CodeElement[] candidates;

    private Iso2022(CodeElement initialG0, CodeElement? initialG1, CodeElement[] candidates)
    {
        this.initialG0 = initialG0;
        this.initialG1 = initialG1;
        this.candidates = candidates;
    }

    /// <summary>True where nothing but ASCII can be said, escapes aside.</summary>
    public bool HasOnlyAscii => initialG1 is null && candidates.Length <= 1;

    /// <param name="registrations">One per term, the first one initial; unknown terms are -1.</param>
    public static Iso2022 Of(int[] registrations)
    {
        var (g0, g1) = CodeElement.Of(registrations.Length == 0 ? 6 : registrations[0]);
        var candidates = new List<CodeElement>();
        foreach (var registration in registrations.Length == 0 ? [6] : registrations)
        {
            var (low, high) = CodeElement.Of(registration);
            candidates.AddRange(new[] { low, high }.OfType<CodeElement>().Where(e => !candidates.Contains(e)));
        }

        // A two-byte G0 set cannot be initial: delimiters could not be told from characters.
        var initialG0 = g0 is { BytesPerCharacter: 1 } ? g0 : CodeElement.Ascii;
        return new Iso2022(initialG0, g1, [.. candidates]);
    }

    public string Decode(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        var text = new StringBuilder(bytes.Length);
        var g0 = initialG0;
        var g1 = initialG1;
        for (var index = 0; index < bytes.Length;)
        {
            var code = bytes[index];
            if (code == Escape && CodeElement.StartingWith(bytes[index..]) is { } invoked)
            {
                (g0, g1) = invoked.IsG1 ? (g0, invoked) : (invoked, g1);
                index += invoked.Escape.Length;
                continue;
            }

            var active = code >= 0x80 ? g1 : code > 0x20 ? g0 : CodeElement.Ascii;
            if (active is { BytesPerCharacter: 2 } && index + 1 < bytes.Length)
            {
                text.Append(active.Decode(code, bytes[index + 1]));
                index += 2;
                continue;
            }

            // A byte beyond ASCII where no set is at G1: Latin-1, as without any set.
            text.Append((active ?? CodeElement.Latin1).Decode(code));
            index++;
            if (IsDelimiter((char)code, vr))
            {
                (g0, g1) = (initialG0, initialG1);
            }
        }

        return text.ToString();
    }

    public bool TryEncode(string text, DicomVR vr, out byte[] bytes)
    {
        var target = new List<byte>(text.Length * 2);
        var g0 = initialG0;
        var g1 = initialG1;
        bytes = [];
        foreach (var character in text)
        {
            if (character < 0x80)
            {
                // PS3.5 6.1.2.5.3: back to the initial G0 before delimiters, and for ASCII as such.
                g0 = Invoke(g0, initialG0, target);
                target.Add((byte)character);
                if (IsDelimiter(character, vr))
                {
                    g1 = initialG1;
                }

                continue;
            }

            if ((g1 is not null && g1.TryEncode(character, target))
                || (g0.BytesPerCharacter == 2 && g0.TryEncode(character, target)))
            {
                continue;
            }

            var start = target.Count;
            var element = Array.Find(candidates, candidate => candidate.TryEncode(character, target));
            if (element is null)
            {
                return false;
            }

            target.InsertRange(start, element.Escape);
            (g0, g1) = element.IsG1 ? (g0, element) : (element, g1);
        }

        Invoke(g0, initialG0, target);
        bytes = [.. target];
        return true;
    }

    private static CodeElement Invoke(CodeElement current, CodeElement wanted, List<byte> target)
    {
        if (!ReferenceEquals(current, wanted))
        {
            target.AddRange(wanted.Escape);
        }

        return wanted;
    }

    /// <summary>PS3.5 6.1.2.5.3: line ends and tabs, the value delimiter, and the delimiters within names.</summary>
    private static bool IsDelimiter(char character, DicomVR vr) => character switch
    {
        '\r' or '\n' or '\f' or '\t' => true,
        '\\' => !vr.IsSingleText,
        '^' or '=' => vr == DicomVR.PN,
        _ => false,
    };
}
