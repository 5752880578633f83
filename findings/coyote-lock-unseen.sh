#!/usr/bin/env bash
# Microsoft.Coyote 1.7.11 (NuGet, with the tool Microsoft.Coyote.CLI 1.7.11) on .NET 10: its systematic tests do not see System.Threading.Lock, the type that
# `lock` is for since C# 13. The rewriter says nothing of it, and a test whose two tasks take two locks in opposite order is reported as
# free of bugs after 200 schedules. The same test with `object` in place of `Lock` fails after a few. So whoever changes a field from object to Lock, as
# analyzers propose (IDE0330), loses the deadlock that was found, and is told that all is well.
#
# Seen, `coyote test` with 200 iterations, and nothing uncontrolled in either:
#   two objects    Found 1 bug
#   two Locks      Found 0 bugs
# Exit code 0 while that is so, 1 when it has changed. Needs the .NET 10 SDK and NuGet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ROLL_FORWARD=Major
dotnet tool install Microsoft.Coyote.CLI --version 1.7.11 --tool-path tool >/dev/null
mkdir trial
cat >trial/trial.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Coyote" Version="1.7.11" />
    <PackageReference Include="Microsoft.Coyote.Test" Version="1.7.11" />
  </ItemGroup>
</Project>
XML
cat >trial/Trial.cs <<'CS'
using Microsoft.Coyote.SystematicTesting;

public static class Trial
{
    [Test]
    public static async Task Objects()
    {
        object a = new(), b = new();
        Task one = Task.Run(() => { lock (a) { lock (b) { } } });
        Task two = Task.Run(() => { lock (b) { lock (a) { } } });
        await Task.WhenAll(new Task[] { one, two });
    }

    [Test]
    public static async Task Locks()
    {
        Lock a = new(), b = new();
        Task one = Task.Run(() => { lock (a) { lock (b) { } } });
        Task two = Task.Run(() => { lock (b) { lock (a) { } } });
        await Task.WhenAll(new Task[] { one, two });
    }
}
CS
(cd trial && dotnet build -c Release -v q -o out >/dev/null)
tool/coyote rewrite trial/out/trial.dll >/dev/null

bugs() { { tool/coyote test trial/out/trial.dll -m "$1" -i 200 --seed 1 || true; } | grep -oE 'Found [0-9]+ bugs?|uncontrolled'; }
objects=$(bugs Objects)
locks=$(bugs Locks)
echo "two objects: $objects"
echo "two Locks:   $locks"
[[ $objects == 'Found 1 bug' && $locks == 'Found 0 bugs' ]]
