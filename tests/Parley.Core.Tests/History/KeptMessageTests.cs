using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.History;

/// <summary>Messages by their ids: still there or not, as the server alone is told, wherever their rooms have gone.</summary>
public sealed class KeptMessageTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_message_is_there_for_the_server_alone_until_it_is_taken_back()
    {
        var ann = await _test.SignInAsync("Ann", "tea");
        await ann.MustPostAsync("tea", "1");

        Assert.True(await HasAsync("tea", 1));
        Assert.False(await HasAsync("tea", 2));
        Assert.False(await HasAsync("coffee", 1));
        Assert.False(await ann.LookAsync(new HasMessage(Room("tea"), 1)));

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new Redact(Room("tea"), 1)));
        Assert.False(await HasAsync("tea", 1));
    }

    [Fact]
    public async Task It_is_found_by_the_name_that_its_room_had_and_by_no_other()
    {
        var ann = await _test.SignInAsync("Ann", "old");
        await ann.MustPostAsync("old", "1");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("old", "new"));
        await ann.MustPostAsync("new", "3");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("new", "newer"));
        var bob = await _test.SignInAsync("Bob", "old");
        await bob.MustPostAsync("old", "3");

        Assert.True(await HasAsync("old", 1));
        Assert.True(await HasAsync("new", 3));
        Assert.True(await HasAsync("old", 3));
        Assert.False(await HasAsync("new", 1));
        Assert.False(await HasAsync("newer", 1));
        Assert.False(await HasAsync("newer", 3));
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private ValueTask<bool> HasAsync(string room, long number)
        => _test.Broker.LookAsync(SessionId.Server, new HasMessage(Room(room), number), Token);
}
