using System.Text;
using Parley.Core.Accounts;
using Parley.Server.Accounts.Sasl;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts.Sasl;

/// <summary>https://www.rfc-editor.org/rfc/rfc5802, https://www.rfc-editor.org/rfc/rfc7677</summary>
public sealed class ScramTests
{
    private const string Wrong = "no The name or the password is wrong";
    private const string WantsFirst = "no SCRAM-SHA-256 wants n,,n=NAME,r=NONCE here";
    private const string WantsFinal = "no SCRAM-SHA-256 wants c=, r= and p= here";
    private const string Changed = "no The channel binding or the nonce is not that of the first message";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_example_of_RFC_7677_goes_as_it_says()
    {
        var accounts = new TestAccounts();
        await accounts.Store.TryCreateAsync(
            new AccountCredentials(new Account(AccountId.New(), User("user"), default), PasswordVerifier.Derive("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)),
            Token);
        var exchange = new ScramSha256Exchange(accounts.Service, accounts.Attempts, Somewhere, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");

        Assert.Equal(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            await SendAsync(exchange, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        Assert.Equal(
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
            await SendAsync(exchange, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        Assert.Equal("ok user", await SendAsync(exchange, ""));
    }

    [Theory]
    [InlineData("n,,")]
    [InlineData("y,,")]
    [InlineData("n,a=ann,")]
    [InlineData("y,a=Ann,")]
    public async Task A_client_with_the_password_is_in_and_the_server_proves_itself_too(string header)
    {
        var accounts = await WithAnnAsync();
        var client = new ScramClient("ANN", Password, header: header);
        var exchange = accounts.Begin("scram-sha-256");

        var serverFinal = await SendAsync(exchange, client.Final(await SendAsync(exchange, client.First)));

        Assert.Equal(client.ExpectedServerFinal, serverFinal);
        Assert.Equal("ok Ann", await SendAsync(exchange, ""));
    }

    [Theory]
    [InlineData("Ann", "correct horsf")]
    [InlineData("Bob", Password)]
    [InlineData("no, name=", Password)]
    public async Task A_wrong_password_and_an_unknown_name_fail_alike_after_the_same_steps(string name, string password)
    {
        var accounts = await WithAnnAsync();
        var client = new ScramClient(name, password);
        var exchange = accounts.Begin("SCRAM-SHA-256");
        var serverFirst = await SendAsync(exchange, client.First);

        Assert.Matches($"^r=rOprNGfwEbeRWgbNEkqO.{{24}},s=.{{22}}==,i={Iterations}$", serverFirst);
        Assert.Equal(Wrong, await SendAsync(exchange, client.Final(serverFirst)));
    }

    /// <param name="isRemoved">Whether the account is removed meanwhile, and made anew by somebody else; if not, it has another password.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_password_of_before_proves_nothing_however_early_the_exchange_began(bool isRemoved)
    {
        var accounts = await WithAnnAsync();
        var client = new ScramClient("Ann", Password);
        var exchange = accounts.Begin("SCRAM-SHA-256");
        var serverFirst = await SendAsync(exchange, client.First);

        if (isRemoved)
        {
            Assert.True(await accounts.Store.DeleteAsync(User("Ann"), Token));
            Assert.Null(await accounts.Service.RegisterAsync(User("Ann"), Password, cancellationToken: Token));
        }
        else
        {
            Assert.Null(await accounts.Service.ChangePasswordAsync(User("Ann"), "battery staple", Token));
        }

        Assert.Equal(Wrong, await SendAsync(exchange, client.Final(serverFirst)));
    }

    [Fact]
    public async Task Names_without_an_account_have_a_salt_that_stays()
    {
        var accounts = await WithAnnAsync();

        var salts = new List<string>();
        foreach (var name in new[] { "Bob", "bob", "Cid", "Ann" })
        {
            salts.Add((await SendAsync(accounts.Begin("SCRAM-SHA-256", System.Net.IPAddress.Loopback), $"n,,n={name},r=abc")).Split(',')[1]);
        }

        Assert.Equal(salts[0], salts[1]);
        Assert.Equal(3, salts.Distinct().Count());
    }

    [Fact]
    public async Task Each_exchange_has_a_nonce_of_its_own()
    {
        var accounts = await WithAnnAsync();
        Assert.NotEqual(
            await SendAsync(accounts.Begin("SCRAM-SHA-256"), "n,,n=Ann,r=abc"),
            await SendAsync(accounts.Begin("SCRAM-SHA-256"), "n,,n=Ann,r=abc"));
    }

    [Theory]
    [InlineData("", WantsFirst)]
    [InlineData("n,,", WantsFirst)]
    [InlineData("n,,n=Ann", WantsFirst)]
    [InlineData("n=Ann,r=abc", WantsFirst)]
    [InlineData("n,,r=abc,n=Ann", WantsFirst)]
    [InlineData("n,,n=,r=abc", WantsFirst)]
    [InlineData("n,,n=Ann,r=", WantsFirst)]
    [InlineData("n,,n=Ann,r=a b", WantsFirst)]
    [InlineData("n,,n=Ann,r=aé", WantsFirst)]
    [InlineData("n,,n=A=nn,r=abc", WantsFirst)]
    [InlineData("n,,n=A=2cnn,r=abc", WantsFirst)]
    [InlineData("n,,n=Ann=,r=abc", WantsFirst)]
    [InlineData("n,b=Ann,n=Ann,r=abc", WantsFirst)]
    [InlineData("N,,n=Ann,r=abc", WantsFirst)]
    [InlineData("p=tls-unique,,n=Ann,r=abc", "no There is no channel binding here: use n or y")]
    [InlineData("n,,m=x,n=Ann,r=abc", "no Mandatory extensions are not supported")]
    [InlineData("n,a=Bob,n=Ann,r=abc", "no Nobody can log in as somebody else: leave the authorization identity empty")]
    public async Task A_first_message_that_is_none_fails(string message, string answer)
        => Assert.Equal(answer, await SendAsync((await WithAnnAsync()).Begin("SCRAM-SHA-256"), message));

    [Theory]
    [InlineData("=2C", ",")]
    [InlineData("=3D", "=")]
    [InlineData("=3D2C", "=2C")]
    [InlineData("a=2C=3Db", "a,=b")]
    public void Commas_and_equals_signs_in_names_are_unescaped_once(string escaped, string name)
    {
        Assert.True(ScramClientFirst.TryParse($"n,,n={escaped},r=abc,x=ignored", out var first, out _));
        Assert.Equal(name, first.Name);
        Assert.Equal($"n={escaped},r=abc,x=ignored", first.Bare);
    }

    [Theory]
    [InlineData("", WantsFinal)]
    [InlineData("c=biws", WantsFinal)]
    [InlineData("c=biws,r=abc", WantsFinal)]
    [InlineData("c=biws,r=abc,p=", WantsFinal)]
    [InlineData("c=biws,r=abc,p=AAAA", WantsFinal)]
    [InlineData("c=biws,r=abc,p=not base64", WantsFinal)]
    [InlineData("r=abc,c=biws,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", WantsFinal)]
    [InlineData("c=biws,r=abc,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", Changed)]
    public async Task A_final_message_that_is_none_fails(string message, string answer)
    {
        var exchange = (await WithAnnAsync()).Begin("SCRAM-SHA-256");
        await SendAsync(exchange, "n,,n=Ann,r=abc");

        Assert.Equal(answer, await SendAsync(exchange, message));
    }

    [Theory]
    [InlineData("y,,", null)]
    [InlineData("n,a=Ann,", null)]
    [InlineData(null, "rOprNGfwEbeRWgbNEkqO")]
    public async Task Who_changes_the_header_or_the_nonce_fails_though_the_proof_is_right(string? binding, string? nonce)
    {
        var exchange = (await WithAnnAsync()).Begin("SCRAM-SHA-256");
        var client = new ScramClient("Ann", Password);

        Assert.Equal(Changed, await SendAsync(exchange, client.Final(await SendAsync(exchange, client.First), binding, nonce)));
    }

    [Fact]
    public async Task A_proof_of_another_exchange_is_worth_nothing()
    {
        var accounts = await WithAnnAsync();
        var client = new ScramClient("Ann", Password);
        var overheard = client.Final(await SendAsync(accounts.Begin("SCRAM-SHA-256"), client.First));
        var exchange = accounts.Begin("SCRAM-SHA-256");
        await SendAsync(exchange, client.First);

        Assert.Equal(Changed, await SendAsync(exchange, overheard));
    }

    [Fact]
    public async Task Nobody_is_in_before_the_last_message_and_that_is_empty()
    {
        var accounts = await WithAnnAsync();
        var client = new ScramClient("Ann", Password);
        var exchange = accounts.Begin("SCRAM-SHA-256");
        await SendAsync(exchange, client.Final(await SendAsync(exchange, client.First)));

        Assert.Equal("no SCRAM-SHA-256 ends with an empty message", await SendAsync(exchange, "x"));
    }

    [Fact]
    public async Task What_is_not_UTF_8_fails()
    {
        var step = await (await WithAnnAsync()).Begin("SCRAM-SHA-256").NextAsync(Encoding.Latin1.GetBytes("n,,n=Ännchen,r=abc"), Token);
        Assert.Equal(new SaslStep.Failed("SCRAM-SHA-256 wants UTF-8"), step);
    }

    [Fact]
    public async Task Exchanges_that_are_begun_and_left_are_no_attempts()
    {
        var accounts = await WithAnnAsync();
        for (var i = 0; i < 9; i++)
        {
            Assert.StartsWith("r=", await SendAsync(accounts.Begin("SCRAM-SHA-256"), "n,,n=Ann,r=abc"), StringComparison.Ordinal);
        }

        Assert.Equal("ok Ann", await accounts.PlainAsync("\0Ann\0correct horse"));
    }

    [Fact]
    public async Task Proofs_that_are_wrong_are_attempts()
    {
        var accounts = await WithAnnAsync();
        for (var i = 0; i < 3; i++)
        {
            var client = new ScramClient("Ann", "wrong password");
            var exchange = accounts.Begin("SCRAM-SHA-256");
            Assert.Equal(Wrong, await SendAsync(exchange, client.Final(await SendAsync(exchange, client.First))));
        }

        var owner = new ScramClient("Ann", Password);
        var fourth = accounts.Begin("SCRAM-SHA-256");
        Assert.StartsWith("no Too many attempts to log in", await SendAsync(fourth, owner.Final(await SendAsync(fourth, owner.First))), StringComparison.Ordinal);
        Assert.StartsWith("no Too many attempts to log in", await accounts.PlainAsync("\0Ann\0correct horse"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_succeeds_may_come_back_at_once()
    {
        var accounts = await WithAnnAsync();
        for (var i = 0; i < 5; i++)
        {
            var client = new ScramClient("Ann", Password);
            var exchange = accounts.Begin("SCRAM-SHA-256");
            await SendAsync(exchange, client.Final(await SendAsync(exchange, client.First)));
            Assert.Equal("ok Ann", await SendAsync(exchange, ""));
        }
    }
}
