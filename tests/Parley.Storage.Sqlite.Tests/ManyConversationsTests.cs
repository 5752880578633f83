namespace Parley.Storage.Sqlite.Tests;

public sealed class ManyConversationsTests : IDisposable
{
    private const int Count = 4_000;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_latest_of_very_many_conversations_are_those_of_the_last_messages(bool tidied)
    {
        await using var store = Fill(tidied);
        var reader = Messages.Asking("victim");
        var found = await store.ListConversationsAsync(reader, new(default) { Limit = 5 }, Token);

        Assert.Equal([$"n{Count - 4}", $"n{Count - 3}", $"n{Count - 2}", $"n{Count - 1}", $"n{Count}"], found.Select(each => each.With.Value));
        var oldest = await store.ListConversationsAsync(reader, new(default) { Limit = 2, Oldest = true, Since = Messages.Start.AddSeconds(100) }, Token);
        Assert.Equal(["n100", "n101"], oldest.Select(each => each.With.Value));
        Assert.Empty(await store.ListConversationsAsync(Messages.Asking("nobody"), new(default), Token));
    }

    [Fact]
    public async Task A_conversation_whose_last_message_is_gone_is_found_by_the_one_before()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([Messages.Told("Ann", "Bob", 1, "a"), Messages.Told("Bob", "Ann", 2, "b"), Messages.Told("Ann", "Cyd", 3, "c"), Messages.Told("Dan", "Ann", 4, "d")]);
        store.TidyUp();
        using (var admin = Admin.SqliteHistoryAdmin.Open(_directory.Path))
        {
            admin.Forget(Messages.User("Bob"));
            admin.Forget(Messages.User("Dan"));
        }

        var found = await store.ListConversationsAsync(Messages.Asking("Ann"), new(default), Token);

        Assert.Equal([("Bob", Messages.Start.AddSeconds(1)), ("Cyd", Messages.Start.AddSeconds(3))], found.Select(each => (each.With.Value, each.LastTime)));
    }

    private SqliteHistoryStore Fill(bool tidied)
    {
        var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([.. Enumerable.Range(1, Count).Select(number => Messages.Told($"n{number}", "victim", number, "hello"))]);
        if (tidied)
        {
            store.TidyUp();
        }

        return store;
    }
}
