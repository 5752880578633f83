using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>Searches take long, and take turns: nobody who reads waits for them.</summary>
public sealed class SearchBesideReadersTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Beside_eight_who_search_others_read_talk_and_rename_at_once()
    {
        var main = RoomName.TryParse("main", out var room) ? room : default;
        var ann = await _test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "tea");
        var (running, most) = (0, 0);
        var mayEnd = new TaskCompletionSource();
        _test.Store.OnSearch = async () =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await mayEnd.Task;
            Interlocked.Decrement(ref running);
        };
        var searches = new List<Task<SearchPage?>>();
        for (var i = 0; i < 8; i++)
        {
            var session = _test.NewSession();
            await session.SignInAsync($"Searcher{i}", UserProfile.Unknown with { Host = $"host{i}" });
            await session.MustJoinAsync("main");
            searches.Add(session.LookAsync(new SearchRoom(new HistorySearch(main, "nobody"))).AsTask());
        }

        // None of the eight has an answer, nor can have one, until all of this is done.
        var bob = await _test.SignInAsync("Bob");
        await bob.JoinAsync("main", replay: 10);
        Assert.Equal(["tea"], (await bob.LookAsync(new ReadRoom(new HistoryQuery(main))))!.Select(HookedStore.TextOf));
        await bob.MustPostAsync("main", "milk");
        Assert.Equal(Intentions.Verdict.Accepted, await ann.RenameRoomAsync("main", "hall"));
        Assert.DoesNotContain(searches, search => search.IsCompleted);

        mayEnd.SetResult();
        Assert.All(await Task.WhenAll(searches), page => Assert.Empty(page!.Entries));
        Assert.Equal(2, most);
    }

    private static void InterlockedMax(ref int most, int count)
    {
        for (var seen = Volatile.Read(ref most); seen < count;)
        {
            seen = Interlocked.CompareExchange(ref most, count, seen);
        }
    }
}
