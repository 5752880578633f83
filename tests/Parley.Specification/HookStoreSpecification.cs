using Parley.Core.Hooks;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

/// <summary>What every store of web hooks does. An implementation derives one class from this, and passes.</summary>
public abstract class HookStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IHookStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hook_is_listed_as_it_was_added()
    {
        var added = await Store.AddAsync(
            new(new Uri("https://example.org/in?a=1"), "s3cret", Noon)
            {
                Rooms = [Room("main"), Room("ops")],
                Mentions = ["deploy", "zwei Wörter"],
            },
            Token);

        var hook = Assert.Single(await Store.ListAsync(Token));

        Assert.Equal(added.Id, hook.Id);
        Assert.Equal(("https://example.org/in?a=1", "s3cret", Noon), (hook.Url.AbsoluteUri, hook.Secret, hook.Created));
        Assert.Equal(["main", "ops"], hook.Rooms.Select(room => room.Value));
        Assert.Equal(["deploy", "zwei Wörter"], hook.Mentions);
    }

    [Fact]
    public async Task A_hook_that_was_removed_is_gone_and_its_id_is_not_given_again()
    {
        var first = await AddAsync();
        var second = await AddAsync();

        Assert.True(await Store.RemoveAsync(second.Id, Token));

        Assert.False(await Store.RemoveAsync(second.Id, Token));
        Assert.Equal([first.Id], (await Store.ListAsync(Token)).Select(hook => hook.Id));
        Assert.NotEqual(second.Id, (await AddAsync()).Id);
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private async Task<WebHook> AddAsync() => await Store.AddAsync(new(new Uri("http://localhost/"), "s", Noon), Token);
}
