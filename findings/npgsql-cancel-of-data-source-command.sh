#!/usr/bin/env bash
# Npgsql 10.0.3 (NuGet) with PostgreSQL 15.20 (Debian 12): Cancel() throws on a running command that a data source has made.
# NpgsqlDataSource.CreateCommand is what its documentation shows first, and DbCommand.Cancel says that an attempt to cancel
# that fails raises no exception. Yet a reader of such a command that has had enough of its rows and calls Cancel() gets
# NotSupportedException ("Connection and transaction access is not supported on commands created from DbDataSource"). The
# same statement on a command made with a connection is cancelled. Before the command runs, Cancel() does nothing on either.
#
# Seen: SELECT generate_series(1, 1000000), one row read, then Cancel().
#   command of the data source   NotSupportedException
#   command of a connection      no exception; reading on ends with 57014, canceling statement due to user request
# Exit code 0 while that is so, 1 when it has changed. Needs apt-get (package lists up to date), dpkg, the .NET 10 SDK, and
# where it is run as root, setpriv and the user nobody, as PostgreSQL refuses to run as root.
set -euo pipefail
work=$(mktemp -d)
server=
stop() {
  [[ -z $server ]] || { kill -INT "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$work"
}
trap stop EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
apt-get -qq download postgresql-15=15.20-0+deb12u1 libpq5 libicu72 libllvm14 libxml2 libxslt1.1 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
as_user=()
if ((EUID == 0)); then
  as_user=(setpriv --reuid nobody --regid nogroup --clear-groups)
  mkdir data
  chown nobody:nogroup data
  chmod 755 "$work"
fi
programs=$work/root/usr/lib/postgresql/15/bin
libraries=$(find "$work/root/usr/lib" -maxdepth 1 -type d -name '*-linux-gnu')
"${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$programs/initdb" -D "$work/data" -U ann -A trust --no-sync >/dev/null 2>&1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$programs/postgres" -D "$work/data" -p "$port" -k '' -c listen_addresses=127.0.0.1 >log 2>&1 &
server=$!
mkdir try
cat >try/try.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Npgsql" Version="10.0.3" /></ItemGroup>
</Project>
XML
cat >try/Program.cs <<'CS'
using Npgsql;

const string Sql = "SELECT generate_series(1, 1000000)";
await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={args[0]};Username=ann;Database=postgres");
for (var attempt = 0; ; attempt++)
{
    try
    {
        await using var probe = await source.OpenConnectionAsync();
        break;
    }
    catch (NpgsqlException) when (attempt < 100)
    {
        await Task.Delay(100);
    }
}

var ofSource = await CancelAsync(source.CreateCommand(Sql));
await using var connection = await source.OpenConnectionAsync();
var ofConnection = await CancelAsync(new NpgsqlCommand(Sql, connection));
Console.WriteLine($"data source: {ofSource}\nconnection:  {ofConnection}");
return ofSource.StartsWith("NotSupportedException") && ofConnection.Contains("57014") ? 0 : 1;

static async Task<string> CancelAsync(NpgsqlCommand command)
{
    await using var rows = await command.ExecuteReaderAsync();
    await rows.ReadAsync();
    try
    {
        command.Cancel();
    }
    catch (Exception e)
    {
        return $"{e.GetType().Name}: {e.Message}";
    }

    try
    {
        while (await rows.ReadAsync())
        {
        }

        return "nothing happens";
    }
    catch (OperationCanceledException e) when (e.InnerException is PostgresException refusal)
    {
        return $"no exception, then {refusal.SqlState}: {refusal.MessageText}";
    }
}
CS
dotnet build try -c Release -v q >build.log 2>&1 || { tail -n 20 build.log; exit 2; }
timeout 60 dotnet try/bin/Release/net10.0/try.dll "$port"
