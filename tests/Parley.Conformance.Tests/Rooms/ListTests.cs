using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#list-message, https://modern.ircdocs.horse/#elist-parameter</summary>
public sealed class ListTests : RoomTest
{
    private const string List = "https://modern.ircdocs.horse/#list-message";
    private const string Elist = "https://modern.ircdocs.horse/#elist-parameter";

    [Fact]
    [Quote(List, "In response to a successful LIST command, the server MAY send one RPL_LISTSTART numeric, MUST send back zero or more RPL_LIST numerics, and MUST send back one RPL_LISTEND numeric.")]
    public async Task All_rooms_are_told_with_how_many_are_in_and_the_topic()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("TOPIC #room :tea at five");
        await all[0].AskAsync("JOIN #other");

        Assert.Equal(
            [
                ":parley 321 Ann Channel :Users  Name", ":parley 322 Ann #other 1 :", ":parley 322 Ann #room 2 :tea at five",
                ":parley 323 Ann :End of /LIST",
            ],
            await AskAsync(all[0], "LIST"));
    }

    [Fact]
    public async Task Where_there_is_no_room_the_list_is_empty()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["321", "323"], (await ann.AskAsync("LIST")).Select(line => line.Command));
    }

    [Fact]
    [Quote(List, "If this parameter is given, the information for only the given channels is returned.")]
    public async Task Rooms_are_asked_for_by_name()
    {
        var ann = await ManyRoomsAsync();

        Assert.Equal(["rust", "rust-talk"], await ListedAsync(ann, "LIST #RUST,#rust-talk,#nowhere"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#secret-channel-mode", "A channel that is set to secret will not show up in responses to the LIST or NAMES command unless the client sending the command is joined to the channel.")]
    public async Task A_secret_room_is_listed_for_its_members_only()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +s");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Empty(await ListedAsync(cid, "LIST"));
        Assert.Empty(await ListedAsync(cid, "LIST #room"));
        Assert.Equal(["room"], await ListedAsync(all[1], "LIST"));
    }

    [Theory]
    [InlineData("*rust*", "rust,rust-talk")]
    [InlineData("#rust*", "rust,rust-talk")]
    [InlineData("rust", "rust")]
    [InlineData("#????", "rust")]
    [InlineData("*RUST*,tea", "rust,rust-talk,tea")]
    [InlineData("!*rust*", "crowd,tea")]
    [InlineData("!*rust*,!tea", "crowd")]
    [InlineData("*t*,!#tea", "rust,rust-talk")]
    [Quote(Elist, "M: Searching based on a mask.")]
    [Quote(Elist, "N: Searching based on a non-matching !mask. i.e., the opposite of M.")]
    public async Task Rooms_are_found_by_masks_and_by_not_being_of_a_mask(string conditions, string found)
    {
        var ann = await ManyRoomsAsync();

        Assert.Equal(found.Split(','), await ListedAsync(ann, $"LIST {conditions}"));
    }

    [Theory]
    [InlineData(">1", "crowd,tea")]
    [InlineData(">2", "crowd")]
    [InlineData("<2", "rust,rust-talk")]
    [InlineData("<3,>1", "tea")]
    [InlineData(">0", "crowd,rust,rust-talk,tea")]
    [InlineData(">9", "")]
    [InlineData(">99999999999", "")]
    [InlineData("<99999999999", "crowd,rust,rust-talk,tea")]
    [Quote(Elist, "U: Searching based on user count within the channel, via the \"<val\" and \">val\" modifiers to search for a channel that has less or more than val users, respectively.")]
    public async Task Rooms_are_found_by_how_many_are_in(string conditions, string found)
    {
        var ann = await ManyRoomsAsync();

        Assert.Equal(found.Split(',', StringSplitOptions.RemoveEmptyEntries), await ListedAsync(ann, $"LIST {conditions}"));
    }

    [Theory]
    [InlineData("C<2", "new")]
    [InlineData("c>2", "old")]
    [InlineData("C>9", "")]
    [InlineData("C<9", "new,old")]
    [Quote(Elist, "C: Searching based on channel creation time, via the \"C<val\" and \"C>val\" modifiers to search for a channel that was created either less than val minutes ago, or more than val minutes ago, respectively")]
    public async Task Rooms_are_found_by_how_long_they_have_been(string conditions, string found)
    {
        var ann = await Server.JoinAsync("Ann", "#old");
        await PassAsync(ann, minutes: 3);
        await ann.AskAsync("JOIN #new");
        await PassAsync(ann, minutes: 1);

        Assert.Equal(found.Split(',', StringSplitOptions.RemoveEmptyEntries), await ListedAsync(ann, $"LIST {conditions}"));
    }

    [Theory]
    [InlineData("T<2", "new")]
    [InlineData("t>2", "old")]
    [InlineData("T>0", "new,old")]
    [Quote(Elist, "T: Searching based on topic set time, via the \"T<val\" and \"T>val\" modifiers to search for a topic time that was set less than val minutes ago, or more than val minutes ago, respectively.")]
    public async Task Rooms_are_found_by_how_long_they_have_had_their_topic(string conditions, string found)
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #old,#new,#none");
        await ann.AskAsync("TOPIC #old :x");
        await PassAsync(ann, minutes: 3);
        await ann.AskAsync("TOPIC #new :x");
        await PassAsync(ann, minutes: 1);

        Assert.Equal(found.Split(','), await ListedAsync(ann, $"LIST {conditions}"));
    }

    [Theory]
    [InlineData("LIST #rust,#tea >1")]
    [InlineData("LIST rust,tea,>1")]
    public async Task Names_and_conditions_go_together(string line)
    {
        var ann = await ManyRoomsAsync();

        Assert.Equal(["tea"], await ListedAsync(ann, line));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rpllistend-323", "Sent as a reply to the LIST command, this numeric indicates the end of a LIST response.")]
    public async Task A_labeled_list_is_one_batch()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch");

        var told = await ann.AskAsync("@label=a1 LIST");

        Assert.Equal(["BATCH", "321", "322", "323", "BATCH"], told.Select(line => line.Command));
        Assert.All(told[1..4], line => Assert.Equal(told[0].Parameters[0][1..], line.Tags["batch"]));
    }

    /// <summary>Rooms of one, two and three, and one more of one.</summary>
    private async Task<IrcClient> ManyRoomsAsync()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #rust,#rust-talk,#tea,#crowd");
        await Server.JoinAsync("Bob", "#tea,#crowd");
        await Server.JoinAsync("Cid", "#crowd");
        await ann.SyncAsync();
        return ann;
    }

    /// <summary>The client says something now and then, as one that is silent would be dropped.</summary>
    private async Task PassAsync(IrcClient client, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            Server.Time.Advance(TimeSpan.FromMinutes(1));
            await client.SyncAsync();
        }
    }

    private static async Task<string[]> ListedAsync(IrcClient client, string line)
        => [.. (await client.AskAsync(line)).Where(told => told.Command == "322").Select(told => told.Parameters[1][1..])];
}
