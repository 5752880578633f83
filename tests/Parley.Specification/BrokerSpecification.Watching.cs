using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Whoever_watches_a_name_hears_who_comes_and_goes_under_it()
    {
        var ann = await SignInAsync("Ann");
        await ann.WatchAsync("BOB");

        var bob = await SignInAsync("Bob");
        await bob.SignOutAsync();

        await ann.MustSeeAsync("Bob is here", "Bob is gone");
    }

    [Fact]
    public async Task A_rename_is_a_coming_and_a_going_but_not_if_only_the_case_changes()
    {
        var ann = await SignInAsync("Ann");
        await ann.WatchAsync("Bob");
        await ann.WatchAsync("Eve");
        var bob = await SignInAsync("Bob");

        await bob.RenameAsync("BOB");
        await bob.RenameAsync("Eve");

        await ann.MustSeeAsync("Bob is here", "BOB is gone", "Eve is here");
    }

    [Fact]
    public async Task Whoever_watches_no_more_hears_nothing()
    {
        var ann = await SignInAsync("Ann");
        await ann.WatchAsync("Bob");
        await ann.WatchAsync("Cyd");
        await ann.UnwatchAsync("bob");

        await SignInAsync("Bob");
        await SignInAsync("Cyd");

        await ann.MustSeeAsync("Cyd is here");
    }

    [Fact]
    public async Task A_watched_user_is_seen_to_change_though_no_room_is_shared_and_once_if_one_is()
    {
        var ann = await SignInAsync("Ann");
        await ann.WatchAsync("Bob");
        var bob = await SignInAsync("Bob", "main");

        await bob.UpdateAsync(new UserProfile { Away = "tea" });
        await ann.JoinAsync("main");
        await bob.UpdateAsync(new UserProfile());
        await bob.MustPostAsync("main", "end");

        await ann.MustSeeAsync(
            "Bob is here",
            "-| Bob was user@parley and is user@parley away (tea)",
            "main| welcome Ann",
            "main| Bob was user@parley away (tea) and is user@parley",
            "main| Bob: end");
    }

    [Fact]
    public async Task What_is_told_to_all_reaches_everybody()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob", "main");

        await ann.AskAsync(new SendWallops("tea"u8.ToArray()));

        await AllSeeAsync([ann, bob], "Ann to all: tea");
    }
}
