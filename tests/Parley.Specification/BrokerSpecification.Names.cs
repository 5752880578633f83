using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_free_name_is_given()
    {
        var ann = NewSession();

        Assert.Equal(Verdict.Accepted, await ann.SignInAsync("Ann"));

        Assert.Equal("Ann", ann.Session.User?.Name.Value);
    }

    [Theory]
    [InlineData("Ann")]
    [InlineData("aNN")]
    public async Task A_name_that_somebody_has_is_refused_in_any_case(string wanted)
    {
        await SignInAsync("Ann");
        var late = NewSession();

        Assert.Equal(Verdict.NameTaken, await late.SignInAsync(wanted));

        Assert.Null(late.Session.User);
        await late.MustSignInAsync("Bob");
    }

    [Fact]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        var sessions = Enumerable.Range(0, 16).Select(_ => NewSession()).ToArray();

        var verdicts = await Task.WhenAll(sessions.Select(session => Task.Run(async () => await session.SignInAsync("Ann"))));

        Assert.Single(verdicts, Verdict.Accepted);
        Assert.Equal(15, verdicts.Count(verdict => verdict == Verdict.NameTaken));
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_user_is_gone()
    {
        var ann = await SignInAsync("Ann", "main");

        await ann.SignOutAsync();

        await SignInAsync("ann", "main");
        Assert.Equal(["ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_rename_frees_the_old_name_and_takes_the_new_one()
    {
        var ann = await SignInAsync("Ann");

        Assert.Equal(Verdict.Accepted, await ann.RenameAsync("Eve"));

        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("eve"));
        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("ann"));
    }

    [Fact]
    public async Task A_rename_is_told_to_the_room_and_to_whoever_renames_itself()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.RenameAsync("Eve");
        await ann.MustPostAsync("main", "hi");

        await AllSeeAsync([bob], "main| Ann is now Eve", "main| Eve: hi");
        await AllSeeAsync([ann], "main| Bob joined", "main| Ann is now Eve", "main| Eve: hi");
        Assert.Equal(["Bob", "Eve"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_rename_to_a_name_that_somebody_has_is_refused_and_changes_nothing()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(Verdict.NameTaken, await ann.RenameAsync("bOB"));
        await ann.MustPostAsync("main", "hi");

        await bob.MustSeeAsync("main| Ann: hi");
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task A_rename_to_the_name_one_wears_is_refused()
    {
        var ann = await SignInAsync("Ann");

        Assert.Equal(Verdict.NameTaken, await ann.RenameAsync("Ann"));
    }

    [Fact]
    public async Task A_name_can_be_respelled_and_stays_taken()
    {
        var ann = await SignInAsync("Ann", "main");

        Assert.Equal(Verdict.Accepted, await ann.RenameAsync("ANN"));

        await ann.MustSeeAsync("main| Ann is now ANN");
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
        await ann.SignOutAsync();
        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task A_rename_is_told_to_whoever_is_in_no_room()
    {
        var ann = await SignInAsync("Ann");

        await ann.RenameAsync("Eve");

        await ann.MustSeeAsync("-| Ann is now Eve");
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_is_refused_everything()
    {
        await SignInAsync("Ann", "main");
        var nobody = NewSession();

        await MustBeRefusedAsync(nobody, Verdict.SignedOut);
    }

    [Fact]
    public async Task Whoever_has_signed_out_is_refused_everything()
    {
        await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await bob.SignOutAsync();

        Assert.Null(bob.Session.User);
        await MustBeRefusedAsync(bob, Verdict.SignedOut);
    }

    [Fact]
    public async Task Signing_out_without_having_signed_in_does_nothing()
    {
        await NewSession().SignOutAsync();

        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task Signing_out_twice_does_not_touch_whoever_has_the_name_since()
    {
        var old = await SignInAsync("Ann", "main");
        await old.SignOutAsync();
        var back = await SignInAsync("Ann", "main");

        await old.SignOutAsync();

        Assert.Equal(["Ann"], await MembersAsync("main"));
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
        await back.MustPostAsync("main", "still here");
        await back.MustSeeAsync("main| Ann: still here");
    }

    [Fact]
    public async Task Signing_out_late_does_not_touch_whoever_has_a_name_that_was_given_up()
    {
        var old = await SignInAsync("Ann", "main");
        await old.RenameAsync("Eve");
        await SignInAsync("Ann", "main");

        await old.SignOutAsync();

        Assert.Equal(["Ann"], await MembersAsync("main"));
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("Eve"));
    }

    private static async Task MustBeRefusedAsync(TestSession session, Verdict verdict)
    {
        Assert.Equal(verdict, await session.RenameAsync("Eve"));
        Assert.Equal(verdict, await session.JoinAsync("main"));
        Assert.Equal(verdict, await session.LeaveAsync("main"));
        Assert.Equal(verdict, await session.PostAsync("main", "hi"));
        Assert.Equal(["Ann"], await session.TellAsync("hi", "Ann"));
    }
}
