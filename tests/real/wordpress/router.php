<?php
/* What a web server's rewriting does for WordPress, for PHP's own server. */
$top = $_SERVER['DOCUMENT_ROOT'];
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($top . $path)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $top . '/index.php';
chdir($top);
require $top . '/index.php';
