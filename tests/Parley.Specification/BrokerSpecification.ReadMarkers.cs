using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_other_sessions_of_a_user_are_told_how_far_it_has_read_and_nobody_else()
    {
        var (desk, other) = (await LogInAsync("Ann", "main"), await SignInAsync("Bob", "main"));
        var phone = await LogInAsync("Ann", "main");
        await desk.MustSeeAsync("main| Bob joined");

        await desk.AskAsync(new ShareReadMarker("main", Noon));

        await phone.MustSeeAsync("main was read up to 12:00");
        await desk.MustPostAsync("main", "on");
        await AllSeeAsync([desk, other, phone], "main| Ann: on");
    }
}
