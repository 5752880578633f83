using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Whoever_makes_a_room_is_its_operator_and_nobody_else()
    {
        await SignInAsync("Ann", "main");
        await SignInAsync("Bob", "main");

        Assert.Equal(["Ann Operator", "Bob None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task A_program_that_only_posts_rules_no_room_and_the_first_person_does()
    {
        await PosterAsync("Robot", "main");
        await SignInAsync("Ann", "main");
        await SignInAsync("Bob", "main");
        await PosterAsync("Zap", "main");

        Assert.Equal(["Ann Operator", "Bob None", "Robot None", "Zap None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task A_room_that_people_have_left_to_programs_ends_with_the_next_person_who_has_another_one()
    {
        var ann = await SignInAsync("Ann", "main");
        var robot = await PosterAsync("Robot", "main");
        await ann.ChangeModesAsync("main", new RoomModeChange(IsAdding: true, RoomMode.InviteOnly));
        await ann.LeaveAsync("main");

        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(["Bob Operator"], await RanksAsync("main"));
        var cyd = await SignInAsync("Cyd");
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await robot.JoinAsync("main"));
        await robot.MustPostAsync("main", "here again");
        await bob.MustSeeAsync("main| Cyd joined", "main| Robot joined", "main| Robot: here again");
    }

    [Fact]
    public async Task A_room_that_is_registered_no_more_while_only_programs_are_in_ends_with_the_next_person_too()
    {
        var ann = NewSession();
        await ann.LogInAsync("Ann");
        await ann.JoinAsync("main");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(RoomOf("main"))));
        await PosterAsync("Robot", "main");
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");
        await ann.LeaveAsync("main");
        Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new UnregisterRoom(RoomOf("main")), Token)).Verdict);

        await SignInAsync("Bob", "main");

        Assert.Equal(["Bob Operator"], await RanksAsync("main"));
        Assert.Equal(Verdict.Accepted, await (await SignInAsync("Cyd")).JoinAsync("main"));
    }

    [Fact]
    public async Task Whoever_stands_in_for_somebody_ends_no_room()
    {
        var bob = await SignInAsync("Bob", "main");
        await PosterAsync("Robot", "main");
        await bob.LeaveAsync("main");
        var stand = NewSession();
        Assert.Equal(Verdict.Accepted, await stand.AskAsync(new SignIn(TestSession.Login("Ann").Name, new UserProfile { Login = TestSession.Login("Ann") }) { IsStandIn = true }));

        await stand.JoinAsync("main");

        Assert.Equal(["Ann None", "Robot None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task An_operator_who_leaves_is_none_when_it_comes_back()
    {
        var ann = await SignInAsync("Ann", "main");
        await SignInAsync("Bob", "main");

        await ann.LeaveAsync("main");
        await ann.JoinAsync("main");

        Assert.Equal(["Ann None", "Bob None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task Changes_are_told_to_the_room_in_one_piece_and_spelled_as_the_room_has_them()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        var result = await ann.ChangeModesAsync(
            "main",
            new RoomModeChange(IsAdding: true, RoomMode.Voice, "bOB"),
            new RoomModeChange(IsAdding: true, RoomMode.Moderated),
            new RoomModeChange(IsAdding: true, RoomMode.Key, "sesame"));

        Assert.Empty(result!.Refused);
        await bob.MustSeeAsync("main| Ann set +Voice=Bob +Moderated +Key=sesame");
        await ann.MustSeeAsync("main| Bob joined", "main| Ann set +Voice=Bob +Moderated +Key=sesame");
        var view = (await ViewAsync("main"))!;
        Assert.Equal("sesame", view.Key);
        Assert.Contains(RoomMode.Moderated, view.Flags);
        Assert.Equal(["Ann Operator", "Bob Voice"], await RanksAsync("main"));
    }

    [Fact]
    public async Task What_changes_nothing_is_told_to_nobody()
    {
        var ann = await SignInAsync("Ann", "main");

        var result = await ann.ChangeModesAsync(
            "main",
            new RoomModeChange(IsAdding: true, RoomMode.MembersOnly),
            new RoomModeChange(IsAdding: false, RoomMode.Key, "*"),
            new RoomModeChange(IsAdding: false, RoomMode.Limit),
            new RoomModeChange(IsAdding: false, RoomMode.Ban, "x!*@*"),
            new RoomModeChange(IsAdding: true, RoomMode.Operator, "Ann"));
        await ann.MustPostAsync("main", "end");

        Assert.Equal((0, 0), (result!.Applied.Count, result.Refused.Count));
        await ann.MustSeeAsync("main| Ann: end");
    }

    [Fact]
    public async Task Each_change_is_judged_by_itself_with_those_before_it_done()
    {
        var ann = await SignInAsync("Ann", "main");
        await SignInAsync("Bob", "main");

        var result = await ann.ChangeModesAsync(
            "main",
            new RoomModeChange(IsAdding: true, RoomMode.Voice, "Nobody"),
            new RoomModeChange(IsAdding: true, RoomMode.Operator, "Bob"),
            new RoomModeChange(IsAdding: false, RoomMode.Operator, "Ann"),
            new RoomModeChange(IsAdding: true, RoomMode.Secret));

        Assert.Equal([Verdict.TargetNotInRoom, Verdict.NotOperator], result!.Refused.Select(refused => refused.Why));
        Assert.Equal(["Ann None", "Bob Operator"], await RanksAsync("main"));
    }

    [Fact]
    public async Task Modes_are_for_operators_and_voices_and_bans_for_half_operators_too()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(Verdict.NotOperator, await RefusalAsync(bob, RoomMode.Secret));
        Assert.Equal(Verdict.NotInRoom, await RefusalAsync(cyd, RoomMode.Secret));
        Assert.Null(await cyd.ChangeModesAsync("nowhere", new RoomModeChange(IsAdding: true, RoomMode.Secret)));

        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Bob");
        Assert.Null(await RefusalAsync(bob, RoomMode.Ban, "x!*@*"));
        Assert.Null(await RefusalAsync(bob, RoomMode.Voice, "Ann"));
        Assert.Equal(Verdict.NotOperator, await RefusalAsync(bob, RoomMode.Operator, "Bob"));
        Assert.Equal(Verdict.NotOperator, await RefusalAsync(bob, RoomMode.Secret));
    }

    [Fact]
    public async Task Anybody_may_give_up_what_it_is()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");

        await bob.MustSetAsync("main", RoomMode.Voice, "Bob", isAdding: false);
        await ann.MustSetAsync("main", RoomMode.Operator, "Ann", isAdding: false);

        Assert.Equal(["Ann None", "Bob None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task An_operator_of_the_server_may_change_any_room_from_outside()
    {
        await SignInAsync("Ann", "main");
        var root = await SignInAsync("Root");
        await root.UpdateAsync(new UserProfile { Rights = ServerRights.All });

        await root.MustSetAsync("main", RoomMode.Moderated);

        Assert.Contains(RoomMode.Moderated, (await ViewAsync("main"))!.Flags);
    }

    [Fact]
    public async Task A_list_takes_so_many_masks_and_no_more()
    {
        var ann = await SignInAsync("Ann", "main");
        for (var i = 0; i < 100; i++)
        {
            await ann.MustSetAsync("main", RoomMode.Ban, $"x{i}!*@*");
        }

        Assert.Equal(Verdict.ListFull, await RefusalAsync(ann, RoomMode.Ban, "one-more!*@*"));
        Assert.Null(await RefusalAsync(ann, RoomMode.Ban, "X7!*@*"));
        Assert.Null(await RefusalAsync(ann, RoomMode.BanException, "one-more!*@*"));
        Assert.Equal(100, (await ViewAsync("main"))!.Masks(RoomMode.Ban).Count);
    }

    [Fact]
    public async Task A_ban_keeps_out_and_silences_unless_an_exception_is_about_the_user_too()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");
        await ann.MustSetAsync("main", RoomMode.Ban, "*!user@*");

        Assert.Equal(Verdict.Banned, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "hush"));
        Assert.Equal(Verdict.Accepted, await ann.PostAsync("main", "operators speak"));

        await ann.MustSetAsync("main", RoomMode.BanException, "cyd!*@*");
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await cyd.PostAsync("main", "hi"));
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "voices too"));
    }

    [Fact]
    public async Task A_ban_of_an_account_is_about_whoever_has_proven_it()
    {
        var ann = await SignInAsync("Ann", "main");
        await ann.MustSetAsync("main", RoomMode.Ban, "~a:eve*");
        var eve = NewSession();
        await eve.SignInAsync("Innocent", new UserProfile { Login = TestSession.Login("Eve") });

        Assert.Equal(Verdict.Banned, await eve.JoinAsync("main"));
        await eve.UpdateAsync(new UserProfile());
        Assert.Equal(Verdict.Accepted, await eve.JoinAsync("main"));
    }

    [Fact]
    public async Task Who_speaks_is_decided_by_moderation_membership_and_rank()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(Verdict.NotInRoom, await cyd.PostAsync("main", "x"));
        await ann.MustSetAsync("main", RoomMode.MembersOnly, isAdding: false);
        Assert.Equal(Verdict.Accepted, await cyd.PostAsync("main", "from outside"));
        await ann.MustSetAsync("main", RoomMode.Moderated);
        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "x"));
        Assert.Equal(Verdict.MaySayNothing, await cyd.PostAsync("main", "x"));
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "voiced"));
    }

    [Fact]
    public async Task A_key_and_a_limit_keep_out_and_do_not_touch_those_who_are_in()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");
        await ann.MustSetAsync("main", RoomMode.Limit, "1");

        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "still here"));
        Assert.Equal(Verdict.WrongKey, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.WrongKey, await cyd.JoinAsync("main", key: "SESAME"));
        Assert.Equal(Verdict.RoomFull, await cyd.JoinAsync("main", key: "sesame"));
        await ann.MustSetAsync("main", RoomMode.Limit, "3");
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main", key: "sesame"));
    }

    [Fact]
    public async Task A_second_session_of_a_member_comes_in_whatever_the_modes_are()
    {
        var ann = await LogInAsync("Ann", "main");
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");
        await ann.MustSetAsync("main", RoomMode.Limit, "1");

        var phone = await LogInAsync("Ann");

        Assert.Equal(Verdict.Accepted, await phone.JoinAsync("main"));
    }

    [Fact]
    public async Task A_secret_room_is_listed_for_its_members_only()
    {
        var ann = await SignInAsync("Ann", "main", "cellar");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("cellar", RoomMode.Secret);

        Assert.Equal(["main (2)"], await RoomsAsync());
        Assert.Equal(["main"], await bob.RoomsAsync());
        Assert.Equal(["cellar", "main"], await ann.RoomsAsync());
    }

    [Fact]
    public async Task A_secret_room_that_may_be_spoken_into_from_outside_is_none_to_strangers()
    {
        var ann = await SignInAsync("Ann", "cellar");
        var bob = await SignInAsync("Bob");
        await ann.MustSetAsync("cellar", RoomMode.Secret);
        await ann.ChangeModesAsync("cellar", new RoomModeChange(IsAdding: false, RoomMode.MembersOnly));

        Assert.Equal(Verdict.NoSuchRoom, await bob.PostAsync("cellar", "is there a room?"));

        await ann.InviteAsync("cellar", "Bob");
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("cellar", "I know of it"));
    }

    [Fact]
    public async Task Only_members_of_a_rank_are_shown_what_is_said_to_it()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd", "main");
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");
        await ann.NextAsync(3);
        await bob.NextAsync(2);
        await cyd.NextAsync();

        await cyd.PostAsync("main", new MessageDraft(MessageKind.Text, "help"u8.ToArray()) { MinRank = MemberRank.Operator });
        await cyd.PostAsync("main", new MessageDraft(MessageKind.Text, "voiced"u8.ToArray()) { MinRank = MemberRank.Voice });
        await cyd.MustPostAsync("main", "end");

        await ann.MustSeeAsync("main| Cyd: help", "main| Cyd: voiced", "main| Cyd: end");
        await bob.MustSeeAsync("main| Cyd: voiced", "main| Cyd: end");
        await cyd.MustSeeAsync("main| Cyd: help", "main| Cyd: voiced", "main| Cyd: end");
    }

    private async Task<string[]> RanksAsync(string room)
        => [.. (await ViewAsync(room))!.Members.OrderBy(member => member.Actor.Name).Select(member => $"{member.Actor.Name} {member.Rank}")];

    private static async Task<Verdict?> RefusalAsync(TestSession session, RoomMode mode, string? argument = null)
    {
        var result = (await session.ChangeModesAsync("main", new RoomModeChange(IsAdding: true, mode, argument)))!;
        return result.Refused.Count == 0 ? null : result.Refused[0].Why;
    }

    private static RoomName RoomOf(string name) => RoomName.TryParse(name, out var room) ? room : throw new FormatException(name);

    private async Task<TestSession> PosterAsync(string name, string room)
    {
        var poster = NewSession();
        Assert.Equal(Verdict.Accepted, await poster.SignInAsync(name, new UserProfile { IsPoster = true }));
        Assert.Equal(Verdict.Accepted, await poster.JoinAsync(room));
        return poster;
    }
}
