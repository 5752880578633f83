using Parley.Cli.Admin;
using Parley.Cli.Tokens;
using Parley.Server.Admin;

namespace Parley.Cli.Tests.Verbs;

/// <summary>Tables for people: columns are in line on a terminal, and nothing of them runs away.</summary>
[CollectionDefinition(nameof(TableTests), DisableParallelization = true)]
[Collection(nameof(TableTests))]
public sealed class TableTests
{
    [Fact]
    public void Columns_are_in_line_behind_wide_letters()
        => Assert.Equal(
            "NAME  SINCE\n名前  now\nann   now\n",
            Written(() => TokenCommand.WriteTable([["NAME", "SINCE"], ["名前", "now"], ["ann", "now"]])));

    [Fact]
    public void A_long_reason_in_the_audit_is_cut_in_the_table()
    {
        var entry = new AdminAuditEntry(DateTimeOffset.UnixEpoch, "ann", null, "kill", null, "bob", new string('x', 60_000));

        var table = Written(() => AdminCommand.ShowAudit(new AdminAnswer { Audit = [entry] }));

        Assert.EndsWith($"  {new string('x', 200)}... (60000 characters: --json has them)\n", table, StringComparison.Ordinal);
    }

    private static string Written(Action write)
    {
        var before = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            write();
            return output.ToString();
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
