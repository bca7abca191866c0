@echo off
rem Starts NMF Explorer on Windows, by double click or from a console: resources\run.bat [ARGS]
rem The first start makes .venv and installs what is missing; without arguments the sample set "stripes" is opened.
rem Not run on Windows so far: written from its documentation. Unlike run.sh it takes no lock, so let the first start
rem end before the next.
setlocal EnableExtensions DisableDelayedExpansion

for %%I in ("%~dp0..") do set "ROOT=%%~fI"
set "VENV=%ROOT%\.venv"
set "VENV_PYTHON=%VENV%\Scripts\python.exe"
set "NOTES=%VENV%\nmf-explorer"
set "NEW_ENOUGH=import sys; sys.exit(sys.version_info < (3, 11))"

call :is_current || call :set_up || goto :failed

rem -P: a file of the current folder that happens to be called like a module must not be taken for it.
if "%~1"=="" (
    "%VENV_PYTHON%" -P -m nmf_explorer "%ROOT%\sample_images\stripes"
) else (
    "%VENV_PYTHON%" -P -m nmf_explorer %*
)
exit /b %ERRORLEVEL%

rem The stamp is a copy of pyproject.toml, written last, beside the folder's name: an installation is complete, and of
rem today's pyproject.toml, and was not moved here.
:is_current
if not exist "%VENV_PYTHON%" exit /b 1
fc /b "%ROOT%\pyproject.toml" "%NOTES%\app.toml" >nul 2>&1 || exit /b 1
"%VENV_PYTHON%" -I -c "import sys, pathlib as p, importlib.util as u; d, f = sys.argv[1:]; sys.exit(p.Path(f).read_text('utf-8').strip() != d or not all(map(u.find_spec, ('nmf_explorer', 'numpy', 'PIL', 'PySide6'))))" "%ROOT%" "%NOTES%\folder.txt" >nul 2>&1
exit /b %ERRORLEVEL%

rem Without both stamps .venv is half made, damaged or moved: it is made anew. With them, pip brings it up to date.
:set_up
set "KEEP="
if exist "%NOTES%\app.toml" if not exist "%NOTES%\unfinished" if exist "%VENV_PYTHON%" (
    fc /b "%ROOT%\pyproject.toml" "%NOTES%\app.toml" >nul 2>&1 || set "KEEP=1"
)
if defined KEEP (
    "%VENV_PYTHON%" -I -c "import pip; %NEW_ENOUGH%" >nul 2>&1 || set "KEEP="
)
if defined KEEP (
    echo Bringing .venv up to date... 1>&2
) else (
    call :new_venv || exit /b 1
)
type nul > "%NOTES%\unfinished"
set "PIP_USER=0"
set "PIP_DISABLE_PIP_VERSION_CHECK=1"
"%VENV_PYTHON%" -I -m pip install --quiet --no-input -e "%ROOT%" || exit /b 1
"%VENV_PYTHON%" -I -c "import sys, pathlib as p; p.Path(sys.argv[2]).write_text(sys.argv[1], 'utf-8')" "%ROOT%" "%NOTES%\folder.txt" || exit /b 1
copy /b /y "%ROOT%\pyproject.toml" "%NOTES%\app.toml" >nul || exit /b 1
del "%NOTES%\unfinished"
exit /b 0

:new_venv
set "PYTHON="
py -3 -c "%NEW_ENOUGH%" >nul 2>&1 && set "PYTHON=py -3"
if not defined PYTHON python -c "%NEW_ENOUGH%" >nul 2>&1 && set "PYTHON=python"
if not defined PYTHON (
    echo NMF Explorer needs Python 3.11 or newer: install it ^(https://www.python.org^), then start again. 1>&2
    exit /b 1
)
echo Setting up NMF Explorer in .venv ^(once, about a minute^)... 1>&2
if exist "%VENV%" rmdir /s /q "%VENV%"
%PYTHON% -I -m venv "%VENV%" || exit /b 1
mkdir "%NOTES%" || exit /b 1
exit /b 0

:failed
echo NMF Explorer could not be set up in "%VENV%" ^(see above^). This needs the internet, once; then start again. 1>&2
rem Started by double click, the window would close before anybody could read this.
pause
exit /b 1
