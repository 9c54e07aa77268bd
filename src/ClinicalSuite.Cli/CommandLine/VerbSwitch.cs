using System.Runtime.InteropServices;
using System.Text;

namespace ClinicalSuite.Cli.CommandLine;

/// <summary>Finds the verb, shows help, and turns signals into cancellation.</summary>
internal static class VerbSwitch
{
    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || words[0] is "--help" or "-h" or "help")
        {
            Console.Out.Write(ListOfVerbs());
            return words.Count == 0 ? ExitStatus.Usage : ExitStatus.Done;
        }

        if (words[0] == "--version")
        {
            Console.Out.WriteLine($"clinicalsuite {typeof(VerbSwitch).Assembly.GetName().Version?.ToString(3)}");
            return ExitStatus.Done;
        }

        var (verb, rest) = Find(words);
        if (verb is null)
        {
            return Complain(UnknownVerb(words), "clinicalsuite --help lists the verbs");
        }

        if (rest.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h"))
        {
            Console.Out.Write(Help(verb.Description));
            return ExitStatus.Done;
        }

        var (arguments, complaint) = ArgumentParser.Parse(verb.Description, rest);
        return arguments is null ? Misused(verb.Description, complaint!) : await Run(verb, arguments);
    }

    /// <summary>For a verb that finds a fault in its words which the parser cannot see.</summary>
    public static int Misused(VerbDescription verb, string complaint) =>
        Complain(complaint, $"clinicalsuite {verb.Name} --help explains it");

    private static async Task<int> Run(IVerb verb, Arguments arguments)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await verb.Run(arguments, stop.Token);
        }
        catch (InvalidDataException refused)
        {
            Console.Error.WriteLine($"clinicalsuite {verb.Description.Name}: {refused.Message}");
            return ExitStatus.InputRefused;
        }
    }

    private static (IVerb? Verb, IReadOnlyList<string> Words) Find(IReadOnlyList<string> words)
    {
        var two = words.Count > 1 ? $"{words[0]} {words[1]}" : words[0];
        return Verbs.All.FirstOrDefault(v => v.Description.Name == two) is { } pair
            ? (pair, [.. words.Skip(2)])
            : (Verbs.All.FirstOrDefault(v => v.Description.Name == words[0]), [.. words.Skip(1)]);
    }

    private static string UnknownVerb(IReadOnlyList<string> words)
    {
        var names = Verbs.All.Select(v => v.Description.Name).ToList();
        var pairs = names.Where(name => name.StartsWith(words[0] + " ", StringComparison.Ordinal)).ToList();
        if (pairs.Count > 0)
        {
            return $"{words[0]} is one of: {string.Join(", ", pairs)}";
        }

        var near = ArgumentParser.Nearest(words[0], names);
        return $"unknown verb {words[0]}" + (near is null ? "" : $"; did you mean {near}?");
    }

    private static int Complain(string complaint, string hint)
    {
        Console.Error.WriteLine($"clinicalsuite: {complaint}");
        Console.Error.WriteLine(hint);
        return ExitStatus.Usage;
    }

    private static string ListOfVerbs()
    {
        var text = new StringBuilder();
        text.AppendLine("clinicalsuite VERB ...      research use; not clinically validated").AppendLine();
        foreach (var verb in Verbs.All.Select(v => v.Description))
        {
            text.AppendLine($"  {verb.Name,-14} {verb.Summary}");
        }

        text.AppendLine().AppendLine("clinicalsuite VERB --help explains each.");
        text.AppendLine("Exit status: 0 done, 2 usage, 3 input refused, 4 not assessable, 1 anything else.");
        return text.ToString();
    }

    private static string Help(VerbDescription verb)
    {
        var text = new StringBuilder($"clinicalsuite {verb.Name}");
        text.Append(verb.Operands.Length > 0 ? " " + verb.Operands : "").AppendLine(verb.Options.Count > 0 ? " [options]" : "");
        text.AppendLine().AppendLine(verb.Summary);
        if (verb.Options.Count > 0)
        {
            text.AppendLine();
        }

        foreach (var option in verb.Options)
        {
            var head = option.Name + (option.Value is null ? "" : " " + option.Value) + (option.Repeats ? " ..." : "");
            text.AppendLine($"  {head,-30} {option.Meaning}");
        }

        return verb.Remarks.Length > 0 ? text.AppendLine().AppendLine(verb.Remarks).ToString() : text.ToString();
    }
}
