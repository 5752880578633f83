using System.Globalization;
using Parley.ClusterCheck.Faults;

namespace Parley.ClusterCheck;

/// <summary>What is asked of a run.</summary>
/// <param name="Rounds">Number of rounds.</param>
/// <param name="Seed">Seed of faults and of what clients do.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="LongestFault">The longest that a fault lasts.</param>
/// <param name="Kinds">Kinds of faults.</param>
/// <param name="Report">File for the report.</param>
/// <param name="Program">The program that nodes run.</param>
internal sealed record CheckOptions(int Rounds, int Seed, int Nodes, TimeSpan LongestFault, IReadOnlyList<FaultKind> Kinds, string Report, string Program)
{
    private const int MaxRounds = 100_000;
    private const int MaxNodes = 9;
    private const int MaxFaultSeconds = 600;

    /// <summary>Reads arguments.</summary>
    /// <exception cref="FormatException">They cannot be understood.</exception>
    public static CheckOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new CheckOptions(
            10, Random.Shared.Next(), 3, TimeSpan.FromSeconds(60), [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)],
            Path.GetFullPath("artifacts/cluster-check/report.md"), Path.GetFullPath("src/Parley.Cli/bin/Release/net10.0/parley"));
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            options = name switch
            {
                "--rounds" => options with { Rounds = Number(name, value, 1, MaxRounds) },
                "--seed" => options with { Seed = Number(name, value, 0, int.MaxValue) },
                "--nodes" => options with { Nodes = Number(name, value, 1, MaxNodes) },
                "--longest-fault" => options with { LongestFault = TimeSpan.FromSeconds(Number(name, value, 1, MaxFaultSeconds)) },
                "--faults" => options with { Kinds = [.. value.Split(',').Select(KindOf)] },
                "--report" when value.Length > 0 => options with { Report = Path.GetFullPath(value) },
                "--program" when value.Length > 0 => options with { Program = Path.GetFullPath(value) },
                "--report" or "--program" => throw new FormatException($"{name} wants a file"),
                _ => throw new FormatException($"unknown argument {name}, see --help"),
            };
        }

        return options;
    }

    /// <summary>Name of a kind, as it is given and printed: <c>kill-home</c>.</summary>
    public static string NameOf(FaultKind kind)
        => string.Concat(kind.ToString().Select((letter, place) => char.IsUpper(letter) && place > 0 ? $"-{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));

    private static FaultKind KindOf(string name)
        => Enum.GetValues<FaultKind>().Select(kind => (FaultKind?)kind).FirstOrDefault(kind => NameOf(kind!.Value) == name)
            ?? throw new FormatException($"--faults: there is no {name}; there are {string.Join(", ", Enum.GetValues<FaultKind>().Select(NameOf))}");

    private static int Number(string name, string value, int min, int max)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} wants a number from {min} to {max}");
}
