using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>An account that is made while a guest is given its name has the name, whichever of the two comes first.</summary>
public sealed class NameRaceTests : INameOwners
{
    private readonly ProvenAccount _paul = TestSession.Login("Paul");
    private readonly LocalBroker _broker;
    private bool _isMade;
    private Func<Task>? _meanwhile;

    public NameRaceTests() => _broker = new LocalBroker(TimeProvider.System, new BrokerOptions { RefusesLookAlikes = true }, owners: this);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Looks up the owner of a name, and has something happen before the answer is there.</summary>
    public async ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default)
    {
        var found = _isMade && NameSkeleton.Of(name) == NameSkeleton.Of(_paul.Name) ? _paul : null;
        if (Interlocked.Exchange(ref _meanwhile, null) is { } meanwhile)
        {
            await meanwhile();
        }

        return found;
    }

    [Theory]
    [InlineData("Paul")]
    [InlineData("PauI")]
    public async Task A_guest_who_comes_under_the_name_meanwhile_wears_another(string worn)
    {
        var guest = new TestSession(_broker);
        _meanwhile = () => MakeAsync();

        Assert.Equal(Verdict.Accepted, await guest.SignInAsync(worn));

        await MustWearAnotherAsync(guest, worn);
    }

    [Theory]
    [InlineData("Paul")]
    [InlineData("PauI")]
    public async Task A_guest_who_takes_the_name_meanwhile_wears_another(string worn)
    {
        var guest = new TestSession(_broker);
        await guest.SignInAsync("Cid");
        _meanwhile = () => MakeAsync();

        Assert.Equal(Verdict.Accepted, await guest.RenameAsync(worn));

        await MustWearAnotherAsync(guest, worn);
    }

    [Theory]
    [InlineData("Paul")]
    [InlineData("PauI")]
    public async Task A_guest_who_wears_the_name_wears_another(string worn)
    {
        var guest = new TestSession(_broker);
        await guest.SignInAsync(worn);

        await MakeAsync();

        await MustWearAnotherAsync(guest, worn);
    }

    [Theory]
    [InlineData("Paul")]
    [InlineData("PauI")]
    public async Task Whoever_it_is_made_for_keeps_the_name(string worn)
    {
        var guest = new TestSession(_broker);
        await guest.SignInAsync(worn);

        await MakeAsync(guest.Session.User!.Id);

        Assert.Equal(worn, guest.Session.User.Name.Value);
    }

    private async Task MakeAsync(long except = 0)
    {
        _isMade = true;
        Assert.Equal(Verdict.Accepted, (await _broker.AskAsync(SessionId.Server, new FreeName(_paul, except), Token)).Verdict);
    }

    private async Task MustWearAnotherAsync(TestSession guest, string worn)
    {
        Assert.NotEqual(worn, guest.Session.User?.Name.Value);
        Assert.Equal(Verdict.Accepted, await new TestSession(_broker).LogInAsync("Paul"));
    }
}
