using System.Globalization;
using Parley.Cli.Load;
using Spectre.Console;

namespace Parley.Cli.Bots;

/// <summary>Summary shown after the bots have left: the traffic in both directions, and whether all of it arrived.</summary>
/// <param name="Elapsed">From the first pause to the last message.</param>
/// <param name="Groups">Each group with its counts.</param>
/// <param name="OtherOrder">Bots that heard the lines of their room in another order than most there.</param>
/// <param name="Failures">Why connections ended that should not have.</param>
internal sealed record BotsSummary(
    TimeSpan Elapsed, IReadOnlyList<(BotGroupOptions Group, BotsCount Count)> Groups, int OtherOrder, IReadOnlyList<string> Failures)
{
    // As many as fit under a table; the rest is counted.
    private const int ShownFailures = 5;

    private BotsCount All => BotsTable.Sum(Groups);

    /// <summary>True if every message came to everybody who was there, once and in order.</summary>
    public bool IsFlawless => Failures.Count == 0 && OtherOrder == 0 && All is { Missing: 0, Reordered: 0, Duplicated: 0 };

    public static BotsSummary Of(BotsRun run) =>
        new(
            run.Elapsed,
            [.. run.Groups.Select(group => (group.Options, group.Count()))],
            run.Groups.Select(group => group.Room).Distinct().Sum(room => room.OtherOrder),
            [.. run.Failures]);

    public void Write(IAnsiConsole console)
    {
        console.Write(BotsTable.Draw(Groups, "lost"));
        foreach (string line in Lines())
        {
            console.WriteLine(line);
        }
    }

    /// <summary>Returns the lines shown below the table.</summary>
    public IEnumerable<string> Lines()
    {
        BotsCount all = All;
        double seconds = Math.Max(Elapsed.TotalSeconds, 0.001);
        yield return string.Create(CultureInfo.InvariantCulture, $"Time      {Elapsed.TotalSeconds:0.0} s");
        yield return $"Sent      {Amount.Of(all.Sent, "message")} ({Amount.Rate(all.Sent / seconds)}), {Amount.Of(all.BytesSent, "byte")}";
        yield return $"Received  {Amount.Of(all.Received, "message")} ({Amount.Rate(all.Received / seconds)}), {Amount.Of(all.BytesReceived, "byte")}";
        if (all.Foreign > 0)
        {
            yield return $"Besides   {Amount.Of(all.Foreign, "message")} from others in these rooms";
        }

        yield return all.Missing == 0
            ? $"Lost      none of {Amount.Count(all.Expected)}"
            : $"Lost      {Amount.Count(all.Missing)} of {Amount.Count(all.Expected)}; the server told of {Amount.Count(all.ToldDropped)}";
        if (all.Reordered > 0 || all.Duplicated > 0)
        {
            yield return $"Order     {Amount.Count(all.Reordered)} too late, {Amount.Count(all.Duplicated)} twice";
        }

        if (OtherOrder > 0)
        {
            yield return $"Order     {Amount.Of(OtherOrder, "bot")} heard their room in another order than the rest of it";
        }

        foreach (string failure in Failures.Take(ShownFailures))
        {
            yield return $"Failed    {failure}";
        }

        if (Failures.Count > ShownFailures)
        {
            yield return $"Failed    and {Amount.Count(Failures.Count - ShownFailures)} more";
        }
    }
}
