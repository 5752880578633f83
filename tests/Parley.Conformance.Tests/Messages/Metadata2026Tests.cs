using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/metadata, as changed on 2025-08-17</summary>
public sealed class Metadata2026Tests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/metadata";

    [Fact]
    [Quote(Spec, "The empty string is a valid value.", "2025-08-17")]
    public async Task An_empty_value_is_one()
    {
        var ann = await Server.RegisterAsync("Ann", "batch draft/metadata-2");

        Assert.Equal(":parley 761 Ann Ann status * :", Assert.Single(await ann.AskAsync("METADATA * SET status :")).Body);
        Assert.Equal(":parley 761 Ann Ann status * :", (await ann.AskAsync("METADATA * GET status"))[1].Body);
        Assert.Equal("766", Assert.Single(await ann.AskAsync("METADATA * SET status")).Command);
    }

    [Fact]
    [Quote(Spec, "If the `metadata` capability was negotiated during connection registration, clients receive their current metadata (any metadata stored by the server or by services, plus any metadata set by the client during connection registration via `before-connect`) in a `metadata` batch with their own nick as target as part of the registration burst, i.e. before `RPL_ENDOFMOTD` or `ERR_NOMOTD`.", "2025-08-17")]
    [Quote(Spec, "Clients that have not completed connection registration MUST use `*` to target themselves, since they have not been assigned a nickname, even if they sent a `NICK` command.", "2025-08-17")]
    public async Task What_was_set_before_registration_is_told_in_the_greeting()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "CAP REQ :batch draft/metadata-2", "NICK Ann", "METADATA Ann SET status :no", "METADATA * SET status :yes", "USER ann 0 * :Ann", "CAP END");
        var lines = await client.SyncAsync();

        Assert.Contains(lines, line => line.Command == "FAIL" && line.Parameters[1] == "INVALID_TARGET");
        var batch = lines.FindIndex(line => line.Command == "BATCH" && line.Parameters is [_, "metadata", "Ann"]);
        Assert.EndsWith("METADATA Ann status * :yes", lines[batch + 1].Raw, StringComparison.Ordinal);
        Assert.True(batch < lines.FindIndex(line => line.Command == "422"));
    }

    [Fact]
    [Quote(Spec, "The server responds with a `metadata-subs` batch containing zero or more `RPL_METADATASUBS` numerics.", "2025-08-17")]
    public async Task Subscriptions_are_a_batch_of_their_own()
    {
        var ann = await Server.RegisterAsync("Ann", "batch draft/metadata-2");
        await ann.AskAsync("METADATA * SUB status");

        Assert.Equal(["BATCH", "772", "BATCH"], (await ann.AskAsync("METADATA * SUBS")).Commands());
    }

    [Theory]
    [InlineData("draft/metadata-2", "VALUE_INVALID")]
    [InlineData("draft/metadata-3", "INVALID_VALUE")]
    public async Task A_value_that_is_too_long_is_refused_and_not_kept(string capability, string code)
    {
        var ann = await Server.RegisterAsync("Ann", $"batch {capability}");
        Assert.Equal("761", Assert.Single(await ann.AskAsync($"METADATA * SET status :{new string('x', 300)}")).Command);

        Assert.Equal(code, Assert.Single(await ann.AskAsync($"METADATA * SET status :{new string('y', 301)}")).Parameters[1]);

        Assert.EndsWith("xxx", (await ann.AskAsync("METADATA * GET status"))[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("draft/metadata-2", "METADATA * SET UPPER :x", "KEY_INVALID")]
    [InlineData("draft/metadata-3", "METADATA * SET UPPER :x", "INVALID_KEY")]
    [InlineData("draft/metadata-2", "METADATA * SET : :x", "KEY_INVALID")]
    [InlineData("draft/metadata-2", "METADATA * NOSUCH", "SUBCOMMAND_INVALID")]
    [InlineData("draft/metadata-3", "METADATA * NOSUCH", "INVALID_PARAMS")]
    [InlineData("draft/metadata-2", "METADATA * SUB a:b", "KEY_INVALID")]
    [InlineData("draft/metadata-3", "METADATA * SUB a:b", "INVALID_KEY")]
    [Quote(Spec, "Key names are restricted to the ranges `a-z`, `0-9`, and `_./-`. The empty string is an invalid value.", "2025-08-17")]
    public async Task A_refusal_has_the_code_of_the_version_that_was_negotiated(string capability, string command, string code)
    {
        var ann = await Server.RegisterAsync("Ann", $"batch {capability}");

        Assert.Equal(code, Assert.Single(await ann.AskAsync(command)).Parameters[1]);
    }
}
