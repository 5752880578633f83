using Xunit;

namespace Parley.Specification;

public abstract partial class AccountStoreSpecification
{
    [Fact]
    public async Task An_account_is_found_by_each_of_its_certificates()
    {
        await CreateAsync("Ann", "Bob");
        Assert.True(await Store.AddCertificateAsync(User("Ann"), Certificate("1"), Token));
        Assert.True(await Store.AddCertificateAsync(User("ANN"), Certificate("2"), Token));
        Assert.True(await Store.AddCertificateAsync(User("Bob"), Certificate("3"), Token));

        Assert.Equal("Ann", (await Store.FindByCertificateAsync(Certificate("1"), Token))?.Name.Value);
        Assert.Equal("Ann", (await Store.FindByCertificateAsync(Certificate("2"), Token))?.Name.Value);
        Assert.Equal("Bob", (await Store.FindByCertificateAsync(Certificate("3"), Token))?.Name.Value);
        Assert.Null(await Store.FindByCertificateAsync(Certificate("4"), Token));
        Assert.Equal([Certificate("1"), Certificate("2")], await Store.ListCertificatesAsync(User("ann"), Token));
    }

    [Fact]
    public async Task A_certificate_belongs_to_one_account()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddCertificateAsync(User("Ann"), Certificate("1"), Token);

        Assert.False(await Store.AddCertificateAsync(User("Bob"), Certificate("1"), Token));
        Assert.False(await Store.AddCertificateAsync(User("Ann"), Certificate("1"), Token));
        Assert.False(await Store.AddCertificateAsync(User("Cid"), Certificate("2"), Token));

        Assert.Equal("Ann", (await Store.FindByCertificateAsync(Certificate("1"), Token))?.Name.Value);
        Assert.Empty(await Store.ListCertificatesAsync(User("Bob"), Token));
        Assert.Null(await Store.FindByCertificateAsync(Certificate("2"), Token));
    }

    [Fact]
    public async Task A_certificate_that_is_taken_away_may_go_to_another()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddCertificateAsync(User("Ann"), Certificate("1"), Token);

        Assert.False(await Store.RemoveCertificateAsync(User("Bob"), Certificate("1"), Token));
        Assert.True(await Store.RemoveCertificateAsync(User("ann"), Certificate("1"), Token));
        Assert.False(await Store.RemoveCertificateAsync(User("Ann"), Certificate("1"), Token));

        Assert.Null(await Store.FindByCertificateAsync(Certificate("1"), Token));
        Assert.True(await Store.AddCertificateAsync(User("Bob"), Certificate("1"), Token));
    }
}
