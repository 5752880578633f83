using System.Diagnostics;
using System.Globalization;
using SharpFuzz;

namespace Parley.Fuzz;

/// <summary>The verbs of the fuzzing program; each returns its exit code.</summary>
internal static class FuzzCommands
{
    public static int Usage()
    {
        Console.Error.WriteLine("""
            usage: Parley.Fuzz list                                     names of all targets
                   Parley.Fuzz run TARGET|all [--seconds N] [--seed S]  made-up inputs; exit code 1 if one fails
                   Parley.Fuzz try TARGET FILE                          one input; exit code 1 if it fails
                   Parley.Fuzz write TARGET FOLDER                      the corpus as one file an input, for AFL++
                   Parley.Fuzz afl TARGET                               one target under afl-fuzz (see eng/fuzz)
            """);
        return 2;
    }

    public static int List()
    {
        foreach (var target in FuzzTargets.All)
        {
            Console.WriteLine(target.Name);
        }

        return 0;
    }

    public static int Run(string name, string[] options)
    {
        var targets = string.Equals(name, "all", StringComparison.Ordinal) ? FuzzTargets.All : FuzzTargets.Find(name) is { } found ? [found] : [];
        if (targets.Count == 0 || !TryOption(options, "--seconds", 10, out var seconds) || !TryOption(options, "--seed", Environment.TickCount, out var seed))
        {
            return Usage();
        }

        var failures = targets.Count(target => !Holds(target, seconds, seed));
        Console.WriteLine($"{targets.Count} targets, {failures} failed");
        return failures == 0 ? 0 : 1;
    }

    public static int Try(string name, string file)
    {
        if (FuzzTargets.Find(name) is not { } target || !File.Exists(file))
        {
            return Usage();
        }

        var failure = FuzzRun.Failure(target, File.ReadAllBytes(file), file);
        Console.WriteLine(failure ?? $"{name} holds on {file}");
        return failure is null ? 0 : 1;
    }

    public static int Write(string name, string folder)
    {
        if (FuzzTargets.Find(name) is not { } target)
        {
            return Usage();
        }

        Directory.CreateDirectory(folder);
        foreach (var (index, input) in Corpus.Read(target).Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{index:D4}"), input);
        }

        return 0;
    }

    /// <summary>Instrumented code may run only after SharpFuzz has set up its memory: the target is looked for in the first run.</summary>
    public static int Afl(string name)
    {
        FuzzTarget? target = null;
        Fuzzer.OutOfProcess.Run(stream =>
        {
            target ??= FuzzTargets.Find(name) ?? throw new InvalidOperationException($"There is no target {name}");
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target.Run(input.ToArray());
        });
        return 0;
    }

    private static bool Holds(FuzzTarget target, int seconds, int seed)
    {
        var (corpus, watch, inputs) = (Corpus.Read(target), Stopwatch.StartNew(), 0);
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            if (FuzzRun.Failure(target, corpus, unchecked(seed + inputs), count: 1) is { } failure)
            {
                Console.WriteLine(failure);
                return false;
            }

            inputs++;
        }

        Console.WriteLine($"{target.Name}: {inputs} inputs from seed {seed}, none failed");
        return true;
    }

    private static bool TryOption(string[] options, string name, int fallback, out int value)
    {
        value = fallback;
        var at = Array.IndexOf(options, name);
        return at < 0 || (at + 1 < options.Length && int.TryParse(options[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }
}
