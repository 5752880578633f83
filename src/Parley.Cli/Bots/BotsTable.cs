using Parley.Cli.Load;
using Spectre.Console;

namespace Parley.Cli.Bots;

/// <summary>Table of the bots' counts, shown live while they talk and again in the summary.</summary>
internal static class BotsTable
{
    /// <summary>One row per group, and their sum.</summary>
    /// <param name="groups">The groups with their counts.</param>
    /// <param name="missing">The title of what has not come: under way while they talk, lost when they are done.</param>
    public static Table Draw(IReadOnlyList<(BotGroupOptions Group, BotsCount Count)> groups, string missing)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("bots").AddColumn("room");
        foreach (string title in (string[])["sent", "bytes", "received", "of", "bytes", missing])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach ((BotGroupOptions group, BotsCount count) in groups)
        {
            AddRow(table, group.Name, group.Room, count);
        }

        if (groups.Count > 1)
        {
            AddRow(table, "all", "", Sum(groups));
        }

        return table;
    }

    public static BotsCount Sum(IEnumerable<(BotGroupOptions Group, BotsCount Count)> groups) =>
        groups.Aggregate(default(BotsCount), (sum, group) => sum + group.Count);

    private static void AddRow(Table table, string name, string room, in BotsCount count) => table.AddRow(
        $"{Amount.Count(count.Bots)} {name}",
        room,
        Amount.Count(count.Sent),
        Amount.Bytes(count.BytesSent),
        Amount.Count(count.Received),
        Amount.Count(count.Expected),
        Amount.Bytes(count.BytesReceived),
        Amount.Count(count.Missing));
}
