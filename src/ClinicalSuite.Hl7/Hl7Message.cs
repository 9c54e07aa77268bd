using System.Globalization;
using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>An HL7 version 2 message in the vertical bar encoding (v2.5.1 chapter 2).</summary>
public sealed class Hl7Message
{
    private readonly List<Hl7Segment> segments = [];

    private Hl7Message(Hl7Delimiters delimiters, Encoding encoding)
    {
        Delimiters = delimiters;
        Encoding = encoding;
    }

    public Hl7Delimiters Delimiters { get; }

    /// <summary>The encoding that MSH-18 names.</summary>
    public Encoding Encoding { get; private set; }

    public IReadOnlyList<Hl7Segment> Segments => segments;

    public Hl7Segment Header => segments[0];

    /// <summary>MSH-10.</summary>
    public string ControlId => Header.Text(10);

    /// <summary>MSH-9 as "ORU^R01"; the part after the first component is empty in old acknowledgements.</summary>
    public string MessageType => Header.Text(9, 2) is { Length: > 0 } trigger ? $"{Header.Text(9)}^{trigger}" : Header.Text(9);

    /// <summary>A new message with its MSH: delimiters, version 2.5.1, processing id P and the character set of MSH-18.</summary>
    /// <exception cref="Hl7FormatException">A character set that is not supported.</exception>
    public static Hl7Message Create(string characterSet = Hl7CharacterSet.Utf8) =>
        Create(characterSet, Hl7CharacterSet.EncodingOf(characterSet));

    /// <summary>Reads bytes: finds the character set by MSH-18, decodes, and only then splits.</summary>
    /// <exception cref="Hl7FormatException">Not HL7, over a limit, or bytes that are no text in the named character set.</exception>
    public static Hl7Message Parse(ReadOnlySpan<byte> bytes, Hl7Limits? limits = null)
    {
        limits ??= Hl7Limits.Default;
        if (bytes.Length > limits.MaximumBytes)
        {
            throw new Hl7FormatException($"message of {bytes.Length} bytes; the limit is {limits.MaximumBytes}");
        }

        // A byte order mark is no part of UTF-8 text, but Windows senders put it there.
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var encoding = Hl7HeaderScan.EncodingOf(bytes, limits.UnnamedCharacterSet);
        string text;
        try
        {
            text = encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new Hl7FormatException(
                string.Create(CultureInfo.InvariantCulture, $"bytes at offset {e.Index} are no text in {encoding.WebName} (MSH-18)"));
        }

        return Parse(text, encoding, limits);
    }

    /// <summary>Appends a segment.</summary>
    /// <exception cref="ArgumentException">The name is not a letter followed by two letters or digits, or is MSH.</exception>
    public Hl7Segment Add(string name)
    {
        if (!IsSegmentName(name) || name == "MSH")
        {
            throw new ArgumentException("a segment's name is three capital letters or digits, and MSH comes once", nameof(name));
        }

        var segment = new Hl7Segment(this, name);
        segments.Add(segment);
        return segment;
    }

    /// <summary>The first segment of that name, or null.</summary>
    public Hl7Segment? Segment(string name) => segments.Find(segment => segment.Name == name);

    /// <summary>A value by its path: "PID-5", "PID-5.1", "PID-5.1.2"; empty where it is absent.</summary>
    /// <exception cref="ArgumentException">Not such a path.</exception>
    public string Text(string path)
    {
        var parts = path.Length > 4 && path[3] == '-' ? path[4..].Split('.') : [];
        var numbers = new int[3];
        Array.Fill(numbers, 1);
        if (parts.Length is < 1 or > 3)
        {
            throw new ArgumentException($"'{path}' is no path like PID-5.1", nameof(path));
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < 1)
            {
                throw new ArgumentException($"'{path}' is no path like PID-5.1", nameof(path));
            }
        }

        return Segment(path[..3])?.Text(numbers[0], numbers[1], numbers[2]) ?? "";
    }

    /// <summary>The message as text, each segment ended by a carriage return.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            segment.Write(text);
        }

        return text.ToString();
    }

    /// <summary>The message in the character set of its MSH-18.</summary>
    /// <exception cref="Hl7FormatException">The set has no code for a character of the text.</exception>
    public byte[] ToBytes()
    {
        var text = ToText();
        try
        {
            return Encoding.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            var segment = segments[text.AsSpan(0, Math.Min(e.Index, text.Length)).Count('\r')].Name;
            throw new Hl7FormatException($"{segment}: a character has no code in {Encoding.WebName} (MSH-18)");
        }
    }

    /// <summary>For an answer to a sender that names no set: MSH-18 stays as empty as the sender's, the bytes are in its set.</summary>
    internal static Hl7Message Create(string characterSet, Encoding encoding)
    {
        var message = new Hl7Message(Hl7Delimiters.Standard, encoding);
        var header = new Hl7Segment(message, "MSH");
        header.Load("MSH|" + Hl7Delimiters.Standard.EncodingCharacters, Hl7Delimiters.Standard);
        message.segments.Add(header);
        header.Set(11, "P").Set(12, "2.5.1");
        return characterSet.Length == 0 ? message : header.Set(18, characterSet).Message;
    }

    internal void ChangeEncoding(string characterSet) => Encoding = Hl7CharacterSet.EncodingOf(characterSet);

    private static Hl7Message Parse(string text, Encoding encoding, Hl7Limits limits)
    {
        // The standard's terminator is CR. Files and careless senders have LF or CR LF.
        var terminator = text.Contains('\r') ? '\r' : '\n';
        var message = new Hl7Message(Hl7Delimiters.OfHeader(HeaderOf(text, terminator)), encoding);
        var offset = 0;
        foreach (var range in text.AsSpan().Split(terminator))
        {
            offset = range.Start.Value;
            var line = text.AsSpan()[range].Trim('\n');
            if (line.IsWhiteSpace())
            {
                continue;
            }

            message.Load(line, offset, limits);
        }

        return message;
    }

    private static ReadOnlySpan<char> HeaderOf(string text, char terminator)
    {
        var end = text.IndexOf(terminator);
        return end < 0 ? text : text.AsSpan(0, end);
    }

    private static bool IsSegmentName(ReadOnlySpan<char> name) =>
        name.Length == 3 && char.IsAsciiLetterUpper(name[0])
        && (char.IsAsciiLetterUpper(name[1]) || char.IsAsciiDigit(name[1]))
        && (char.IsAsciiLetterUpper(name[2]) || char.IsAsciiDigit(name[2]));

    private void Load(ReadOnlySpan<char> line, int offset, Hl7Limits limits)
    {
        var name = line.Length < 3 ? line : line[..3];
        if (!IsSegmentName(name) || (line.Length > 3 && line[3] != Delimiters.Field))
        {
            throw new Hl7FormatException($"segment {segments.Count + 1} (character {offset}) has no name of three capitals");
        }

        if (name.SequenceEqual("MSH") != (segments.Count == 0))
        {
            throw new Hl7FormatException($"segment {segments.Count + 1}: MSH comes first, and once");
        }

        if (segments.Count == limits.MaximumSegments)
        {
            throw new Hl7FormatException($"more than {limits.MaximumSegments} segments");
        }

        var segment = new Hl7Segment(this, name.ToString());
        segment.Load(line, Delimiters);
        segments.Add(segment);
    }
}
