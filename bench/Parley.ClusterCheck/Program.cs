using System.Runtime.InteropServices;
using Parley.ClusterCheck;
using Parley.ClusterCheck.Faults;
using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Machine;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Reporting;

// Breaks a cluster again and again, and judges what its clients saw: docs/operations/cluster.md. eng/cluster/check starts it, and has its help.

const int Failed = 1;
const int CannotRun = 2;
const int Interrupted = 130;

CheckOptions options;
try
{
    options = CheckOptions.Read(args);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"eng/cluster/check: {e.Message}");
    return CannotRun;
}

if (Database.FindPrograms() is not { } postgres)
{
    await Console.Error.WriteLineAsync("eng/cluster/check: PostgreSQL is missing (Debian: apt-get install postgresql)");
    return CannotRun;
}

if (!File.Exists(options.Program))
{
    await Console.Error.WriteLineAsync($"eng/cluster/check: there is no program {options.Program}");
    return CannotRun;
}

using var end = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

// The script has given this process a network of its own, or says why it could not.
var whyNoCuts = Environment.GetEnvironmentVariable("PARLEY_CHECK_NETWORK") is { } said ? (said == "own" ? null : said) : "eng/cluster/check did not start it";
await using INetwork network = whyNoCuts is null ? await NamespaceNetwork.CreateAsync() : new LoopbackNetwork(whyNoCuts);
IReadOnlyList<FaultKind> kinds = [.. options.Kinds.Where(kind => (whyNoCuts is null || !FaultPlan.Cuts.Contains(kind)) && (options.Nodes > 1 || !$"{kind}".Contains("Other", StringComparison.Ordinal)))];
var skipped = options.Kinds.Except(kinds).ToList() is { Count: > 0 } left
    ? $"Not made: {string.Join(", ", left.Select(CheckOptions.NameOf))} ({(options.Nodes > 1 ? whyNoCuts : "there is one node")})."
    : null;
if (kinds.Count == 0)
{
    await Console.Error.WriteLineAsync($"eng/cluster/check: none of these faults can be made here. {skipped}");
    return CannotRun;
}

var logs = Path.GetDirectoryName(options.Report)!;
Directory.CreateDirectory(logs);
foreach (var old in Directory.EnumerateFiles(logs, "*.log"))
{
    File.Delete(old);
}

Console.WriteLine($"seed {options.Seed}, {options.Rounds} rounds, {options.Nodes} nodes, logs in {logs}");
if (skipped is not null)
{
    Console.WriteLine(skipped);
}

var report = new RunReport(options, skipped);
List<RoundResult> rounds = [];
IReadOnlyList<Finding> findings = [];
IReadOnlyList<string> ends = [];
string? aborted = null;
try
{
    await using var cluster = await TestedCluster.StartAsync(network, postgres, options.Program, options.Nodes, logs, end.Token);
    await using var run = new CheckRun(cluster, options.Seed);
    var plan = new FaultPlan(options.Seed, kinds, options.LongestFault);
    try
    {
        for (var number = 1; number <= options.Rounds; number++)
        {
            rounds.Add(await run.RunAsync(number, plan.Next(), end.Token));
            Console.WriteLine(rounds[^1].ToLine(options.Rounds));
            foreach (var its in rounds[^1].Findings.GroupBy(finding => finding.Kind))
            {
                Console.WriteLine($"  {its.Key} ({its.Count()}), such as: {its.First().Description}");
            }
        }
    }
    finally
    {
        findings = run.Findings;
        if (!end.IsCancellationRequested)
        {
            ends = await cluster.Audit.ReadEndsAsync();
            if (findings.Count > 0)
            {
                Console.WriteLine($"journals of all clients: {await report.WriteJournalsAsync(await run.ReadAsync())}");
            }
        }
    }
}
catch (OperationCanceledException) when (end.IsCancellationRequested)
{
    aborted = "interrupted";
}
catch (InvalidOperationException e)
{
    aborted = e.Message;
    await Console.Error.WriteLineAsync($"eng/cluster/check: {e.Message}");
}

await report.WriteAsync(rounds, findings, ends, aborted);
Console.WriteLine($"{(aborted is not null ? "ended early" : findings.Count == 0 ? "all held" : $"FAILED: {findings.Count} findings")}; report: {options.Report}");
return end.IsCancellationRequested ? Interrupted : aborted is not null || findings.Count > 0 ? Failed : 0;

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    end.Cancel();
}
